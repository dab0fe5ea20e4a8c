package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedStates.START;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedStates.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveFilter;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.IncludedData;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;

/** The actions of Step Functions about executions, with their limits and errors. */
class StatesApiTest {

    @RegisterExtension
    final SimulatedStates aws = new SimulatedStates();

    @Test
    void describesAnExecutionThatRunsAndOneThatHasSucceeded() {
        String machine = aws.machine("jobs", WAITING);
        String arn = aws.start(machine, "one", "{\"a\": 1}");
        assertThat(arn).isEqualTo("arn:aws:states:ap-northeast-1:123456789012:execution:jobs:one");

        DescribeExecutionResponse running = aws.describe(arn);
        assertThat(running.statusAsString()).isEqualTo("RUNNING");
        assertThat(running.stateMachineArn()).isEqualTo(machine);
        assertThat(running.name()).isEqualTo("one");
        assertThat(running.input()).isEqualTo("{\"a\": 1}");
        assertThat(running.inputDetails().included()).isTrue();
        assertThat(running.startDate()).isEqualTo(START);
        assertThat(running.stopDate()).isNull();
        assertThat(running.redriveCount()).isZero();
        assertThat(running.redriveStatusAsString()).isEqualTo("NOT_REDRIVABLE");
        assertThat(running.redriveStatusReason()).isEqualTo("Execution is RUNNING and cannot be redriven");

        aws.passSeconds(10);
        DescribeExecutionResponse ended = aws.describe(arn);
        assertThat(ended.statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(ended.output()).isEqualTo("{\"a\": 1}");
        assertThat(ended.stopDate()).isEqualTo(START.plusSeconds(10));
        assertThat(ended.redriveStatusReason()).isEqualTo("Execution is SUCCEEDED and cannot be redriven");
    }

    @Test
    void leavesInputAndOutputOutOfMetadata() {
        String arn = aws.run(WAITING, "{\"a\": 1}");
        aws.passSeconds(10);
        DescribeExecutionResponse bare =
                aws.client().describeExecution(r -> r.executionArn(arn).includedData(IncludedData.METADATA_ONLY));
        assertThat(bare.statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(bare.input()).isNull();
        assertThat(bare.output()).isNull();
        assertThat(codeOf(() ->
                        aws.client().describeExecution(r -> r.executionArn(arn).includedData("SOME"))))
                .isEqualTo("ValidationException");
    }

    @Test
    void startsTheSameExecutionOnlyOnceWhileItRuns() {
        String machine = aws.machine("jobs", WAITING);
        String arn = aws.start(machine, "one", "{}");
        assertThat(aws.start(machine, "one", "{}")).isEqualTo(arn);
        assertThat(messageOf(() -> aws.start(machine, "one", "{ }")))
                .isEqualTo("Execution Already Exists: '" + arn + "'");
        aws.passSeconds(10);
        assertThat(codeOf(() -> aws.start(machine, "one", "{}"))).isEqualTo("ExecutionAlreadyExists");
        assertThat(aws.world().executions()).hasSize(1);
    }

    @Test
    void takesANameAgainNinetyDaysAfterTheEnd() {
        String machine = aws.machine("jobs", WAITING);
        String arn = aws.start(machine, "one", "{}");
        aws.passSeconds(10);
        aws.simulator().clock().advance(Duration.ofDays(90));
        assertThat(codeOf(() -> aws.start(machine, "one", "{}"))).isEqualTo("ExecutionAlreadyExists");
        aws.passSeconds(1);
        assertThat(codeOf(() -> aws.describe(arn))).isEqualTo("ExecutionDoesNotExist");
        assertThat(aws.start(machine, "one", "{}")).isEqualTo(arn);
        assertThat(aws.status(arn)).isEqualTo("RUNNING");
        assertThat(list(machine)).hasSize(1);
    }

    @Test
    void givesAnExecutionWithoutANameOneOfItsOwnAndTakesNoInputForAnEmptyObject() {
        String machine = aws.machine("jobs", WAITING);
        String arn =
                aws.client().startExecution(r -> r.stateMachineArn(machine)).executionArn();
        assertThat(arn).matches(".*:execution:jobs:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(aws.describe(arn).input()).isEqualTo("{}");
        assertThat(aws.client().startExecution(r -> r.stateMachineArn(machine)).executionArn())
                .isNotEqualTo(arn);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a:b", "a/b", "a*b", "a\"b", "a,b", "a;b", "a{b", "a\nb", "a\u0007b", "a|b", "a%b"})
    void refusesNamesWithForbiddenCharacters(String name) {
        String machine = aws.machine("jobs", WAITING);
        assertThat(codeOf(() -> aws.start(machine, name, "{}"))).isEqualTo("InvalidName");
        assertThat(aws.world().executions()).isEmpty();
    }

    @Test
    void refusesNamesThatAreTooLong() {
        String machine = aws.machine("jobs", WAITING);
        assertThat(aws.start(machine, "n".repeat(80), "{}")).endsWith("n");
        assertThat(codeOf(() -> aws.start(machine, "n".repeat(81), "{}"))).isEqualTo("ValidationException");
        assertThat(aws.start(machine, "夜間-バッチ_1.0", "{}")).endsWith(":夜間-バッチ_1.0");
    }

    @Test
    void refusesInputThatIsNoJsonOrTooLong() {
        String machine = aws.machine("jobs", WAITING);
        assertThat(messageOf(() -> aws.start(machine, "one", "not some json")))
                .isEqualTo(
                        "Invalid State Machine Execution Input: 'Unrecognized token 'not': was expecting (JSON String,"
                                + " Number, Array, Object or token 'null', 'true' or 'false')'");
        assertThat(codeOf(() -> aws.start(machine, "one", "{} {}"))).isEqualTo("InvalidExecutionInput");
        assertThat(codeOf(() -> aws.start(machine, "one", ""))).isEqualTo("InvalidExecutionInput");
        String longest = "\"" + "x".repeat(262_142) + "\"";
        assertThat(messageOf(() -> aws.start(machine, "one", longest + " ")))
                .isEqualTo(
                        "1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have"
                                + " length less than or equal to 262144");
        assertThat(codeOf(() -> aws.start(machine, "one", "\"" + "あ".repeat(87_381) + "\"")))
                .isEqualTo("InvalidExecutionInput");
        assertThat(aws.start(machine, "one", longest)).endsWith(":one");
    }

    @Test
    void refusesUnknownMachinesAndWhatIsNoArn() {
        String machine = aws.machine("jobs", WAITING);
        assertThat(messageOf(() -> aws.start(machine + "x", "one", "{}")))
                .isEqualTo("State Machine Does Not Exist: '" + machine + "x'");
        assertThat(messageOf(() -> aws.start("jobs", "one", "{}")))
                .isEqualTo("Invalid Arn: 'Invalid ARN prefix: jobs'");
        assertThat(codeOf(
                        () -> aws.start("arn:aws:states:ap-northeast-1:123456789012:execution:jobs:one", "one", "{}")))
                .isEqualTo("InvalidArn");
        assertThat(codeOf(() -> aws.describe("arn:aws:states:ap-northeast-1"))).isEqualTo("InvalidArn");
        assertThat(messageOf(() -> aws.describe(aws.start(machine, "one", "{}") + "x")))
                .isEqualTo("Execution Does Not Exist:"
                        + " 'arn:aws:states:ap-northeast-1:123456789012:execution:jobs:onex'");
    }

    @Test
    void startsNoMoreExecutionsThanMayRunAtOnce() {
        aws.settings(s -> s.openExecutionLimit(2));
        String machine = aws.machine("jobs", WAITING);
        aws.start(machine, "one", "{}");
        aws.passSeconds(5);
        aws.start(machine, "two", "{}");
        assertThat(codeOf(() -> aws.start(machine, "three", "{}"))).isEqualTo("ExecutionLimitExceeded");
        aws.passSeconds(5);
        aws.start(machine, "three", "{}");
    }

    @Test
    void doesNotKnowAnExecutionForAWhileAfterItsStart() {
        aws.settings(s -> s.executionConsistencyDelay(null).consistencyDelay(Duration.ofSeconds(2)));
        String machine = aws.machine("jobs", WAITING);
        String arn = aws.start(machine, "one", "{}");
        aws.passSeconds(1);
        assertThat(messageOf(() -> aws.describe(arn))).isEqualTo("Execution Does Not Exist: '" + arn + "'");
        assertThat(codeOf(() -> aws.history(arn))).isEqualTo("ExecutionDoesNotExist");
        assertThat(list(machine)).isEmpty();
        assertThat(aws.world().execution(arn).status()).isEqualTo("RUNNING");
        aws.passSeconds(1);
        assertThat(aws.status(arn)).isEqualTo("RUNNING");
        assertThat(list(machine)).hasSize(1);
    }

    @Test
    void showsChangesOfStatusLate() {
        aws.settings(s -> s.statusDelay(Duration.ofSeconds(2)));
        String machine = aws.machine("jobs", WAITING);
        String arn = aws.start(machine, "one", "{}");
        aws.passSeconds(5);
        aws.client().stopExecution(r -> r.executionArn(arn));
        aws.passSeconds(1);
        assertThat(aws.status(arn)).isEqualTo("RUNNING");
        assertThat(list(machine).get(0).statusAsString()).isEqualTo("RUNNING");
        aws.client().redriveExecution(r -> r.executionArn(arn));
        aws.passSeconds(1);
        assertThat(aws.status(arn)).isEqualTo("ABORTED");
        assertThat(aws.describe(arn).redriveCount()).isZero();
        aws.passSeconds(1);
        assertThat(aws.status(arn)).isEqualTo("RUNNING");
        assertThat(aws.describe(arn).redriveCount()).isEqualTo(1);
    }

    @Test
    void stopsAnExecutionWithErrorAndCause() {
        String arn = aws.run(WAITING, "{}");
        aws.passSeconds(3);
        assertThat(aws.client()
                        .stopExecution(r -> r.executionArn(arn).error("Enough").cause("of this"))
                        .stopDate())
                .isEqualTo(START.plusSeconds(3));
        aws.passSeconds(30);
        assertThat(aws.client().stopExecution(r -> r.executionArn(arn)).stopDate())
                .isEqualTo(START.plusSeconds(3));
        DescribeExecutionResponse stopped = aws.describe(arn);
        assertThat(stopped.statusAsString()).isEqualTo("ABORTED");
        assertThat(stopped.error()).isEqualTo("Enough");
        assertThat(stopped.cause()).isEqualTo("of this");
        assertThat(stopped.redriveStatusAsString()).isEqualTo("REDRIVABLE");
    }

    @Test
    void refusesToStopWithLongTexts() {
        String arn = aws.run(WAITING, "{}");
        assertThat(codeOf(() ->
                        aws.client().stopExecution(r -> r.executionArn(arn).error("e".repeat(257)))))
                .isEqualTo("ValidationException");
        assertThat(codeOf(() ->
                        aws.client().stopExecution(r -> r.executionArn(arn).cause("c".repeat(32_769)))))
                .isEqualTo("ValidationException");
        assertThat(aws.status(arn)).isEqualTo("RUNNING");
    }

    @Test
    void endsAnExecutionAfterTheTimeoutOfItsMachine() {
        String arn = aws.run(
                "{\"StartAt\":\"W\",\"TimeoutSeconds\":5,"
                        + "\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":10,\"End\":true}}}",
                "{}");
        aws.passSeconds(60);
        assertThat(aws.status(arn)).isEqualTo("TIMED_OUT");
        assertThat(aws.describe(arn).stopDate()).isEqualTo(START.plusSeconds(5));
        assertThat(aws.describe(arn).error()).isNull();
        assertThat(aws.chain(arn)).endsWith("3 0 ExecutionTimedOut\n");
    }

    @Test
    void listsTheNewestFirstAndByStatus() {
        String machine = aws.machine("jobs", WAITING);
        aws.start(aws.machine("other", WAITING), "zero", "{}");
        aws.start(machine, "one", "{}");
        aws.passSeconds(10);
        String two = aws.start(machine, "two", "{}");
        String three = aws.start(machine, "three", "{}");
        aws.client().stopExecution(r -> r.executionArn(two));
        aws.client().stopExecution(r -> r.executionArn(three));
        aws.client().redriveExecution(r -> r.executionArn(three));

        assertThat(list(machine)).extracting(ExecutionListItem::name).containsExactly("three", "two", "one");
        assertThat(list(machine))
                .extracting(ExecutionListItem::statusAsString)
                .containsExactly("RUNNING", "ABORTED", "SUCCEEDED");
        assertThat(names(machine, ExecutionStatus.SUCCEEDED)).containsExactly("one");
        assertThat(names(machine, ExecutionStatus.RUNNING)).containsExactly("three");
        assertThat(names(machine, ExecutionStatus.FAILED)).isEmpty();
        assertThat(aws.client()
                        .listExecutions(r -> r.stateMachineArn(machine).redriveFilter(ExecutionRedriveFilter.REDRIVEN))
                        .executions())
                .extracting(ExecutionListItem::executionArn)
                .containsExactly(three);
        assertThat(aws.client()
                        .listExecutions(
                                r -> r.stateMachineArn(machine).redriveFilter(ExecutionRedriveFilter.NOT_REDRIVEN))
                        .executions())
                .extracting(ExecutionListItem::name)
                .containsExactly("two", "one");
    }

    @Test
    void listsTenThousandExecutionsPageByPageWhileMoreAreStarted() {
        String machine = aws.machine("jobs", WAITING);
        IntStream.range(0, 10_000).forEach(i -> aws.world().start(machine, "run-" + i, "{}"));
        List<String> names = new ArrayList<>();
        String token = null;
        do {
            String next = token;
            ListExecutionsResponse page = aws.client()
                    .listExecutions(
                            r -> r.stateMachineArn(machine).maxResults(1000).nextToken(next));
            page.executions().forEach(execution -> names.add(execution.name()));
            aws.world().start(machine, "later-" + names.size(), "{}");
            token = page.nextToken();
        } while (token != null);
        assertThat(names)
                .hasSize(10_000)
                .doesNotHaveDuplicates()
                .startsWith("run-9999")
                .endsWith("run-0");
        assertThat(list(machine)).hasSize(100);
    }

    @Test
    void refusesListsThatMakeNoSense() {
        String machine = aws.machine("jobs", WAITING);
        assertThat(messageOf(() -> aws.client()
                        .listExecutions(r -> r.stateMachineArn(machine).statusFilter("succeeded"))))
                .isEqualTo(
                        "1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint:"
                                + " Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED,"
                                + " RUNNING]");
        assertThat(messageOf(() -> aws.client()
                        .listExecutions(r -> r.stateMachineArn(machine).maxResults(1001))))
                .isEqualTo(
                        "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member"
                                + " must have value less than or equal to 1000");
        assertThat(messageOf(() -> aws.client()
                        .listExecutions(r -> r.stateMachineArn(machine).nextToken("nonsense"))))
                .isEqualTo("Invalid Token: 'Invalid token'");
        assertThat(codeOf(() -> aws.client().listExecutions(r -> r.stateMachineArn(machine + "x"))))
                .isEqualTo("StateMachineDoesNotExist");
    }

    private List<ExecutionListItem> list(String machine) {
        return aws.client().listExecutions(r -> r.stateMachineArn(machine)).executions();
    }

    private List<String> names(String machine, ExecutionStatus status) {
        return aws.client().listExecutions(r -> r.stateMachineArn(machine).statusFilter(status)).executions().stream()
                .map(ExecutionListItem::name)
                .toList();
    }
}
