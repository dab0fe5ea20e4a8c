package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedStates.START;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedStates.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.simulator.states.TaskCall;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** RedriveExecution: what goes on, from where, and what is refused. */
class StatesRedriveTest {

    private static final String TWO_TASKS = """
            {"StartAt": "First", "States": {
              "First": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": "Second"},
              "Second": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
                "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1, "MaxAttempts": 1}]}}}
            """;

    @RegisterExtension
    final SimulatedStates aws = new SimulatedStates();

    @Test
    void goesOnInTheStateThatFailedWithItsRetriesAnew() {
        List<TaskCall> calls = new ArrayList<>();
        aws.world().task(call -> {
            calls.add(call);
            return call.stateName().equals("Second") && call.redriveCount() == 0
                    ? TaskOutcome.fail("E", "c")
                    : TaskOutcome.succeed("{\"of\":\"" + call.stateName() + "\"}");
        });
        String arn = aws.run(TWO_TASKS, "{}");
        aws.passSeconds(10);
        assertThat(aws.describe(arn).redriveStatusAsString()).isEqualTo("REDRIVABLE");
        assertThat(aws.describe(arn).redriveStatusReason()).isNull();

        Instant redriven =
                aws.client().redriveExecution(r -> r.executionArn(arn)).redriveDate();
        assertThat(redriven).isEqualTo(START.plusSeconds(10));
        DescribeExecutionResponse running = aws.describe(arn);
        assertThat(running.statusAsString()).isEqualTo("RUNNING");
        assertThat(running.redriveCount()).isEqualTo(1);
        assertThat(running.redriveDate()).isEqualTo(redriven);
        assertThat(running.error()).isNull();
        assertThat(running.stopDate()).isNull();
        assertThat(running.startDate()).isEqualTo(START);

        aws.passSeconds(1);
        assertThat(aws.describe(arn).output()).isEqualTo("{\"of\":\"Second\"}");
        assertThat(calls).extracting(TaskCall::stateName).containsExactly("First", "Second", "Second", "Second");
        assertThat(calls).extracting(TaskCall::attempt).containsExactly(1, 1, 2, 1);
        assertThat(calls).extracting(TaskCall::redriveCount).containsExactly(0, 0, 0, 1);
        assertThat(aws.chain(arn)).endsWith("""
                        7 6 TaskStateEntered
                        8 7 TaskScheduled
                        9 8 TaskStarted
                        10 9 TaskFailed
                        11 10 TaskScheduled
                        12 11 TaskStarted
                        13 12 TaskFailed
                        14 13 ExecutionFailed
                        15 0 ExecutionRedriven
                        16 7 TaskScheduled
                        17 16 TaskStarted
                        18 17 TaskSucceeded
                        19 18 TaskStateExited
                        20 19 ExecutionSucceeded
                        """);
        assertThat(aws.history(arn).get(14).executionRedrivenEventDetails().redriveCount())
                .isEqualTo(1);
    }

    @Test
    void redrivesOnlyTheBranchesThatDidNotSucceed() {
        List<String> calls = new ArrayList<>();
        aws.world().task(call -> {
            calls.add(call.stateName());
            return switch (call.stateName()) {
                case "Good" -> TaskOutcome.succeed("1");
                case "Bad" ->
                    call.redriveCount() == 0
                            ? TaskOutcome.fail("E", "c").after(Duration.ofSeconds(5))
                            : TaskOutcome.succeed("2");
                default -> TaskOutcome.succeed("3").after(Duration.ofSeconds(20));
            };
        });
        String arn = aws.run("""
                {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
                  {"StartAt": "Good", "States": {"Good": {"Type": "Task", "Resource": "arn:aws:states:::a:b", "End": true}}},
                  {"StartAt": "Bad", "States": {"Bad": {"Type": "Task", "Resource": "arn:aws:states:::a:b", "End": true}}},
                  {"StartAt": "Slow", "States": {"Slow": {"Type": "Task", "Resource": "arn:aws:states:::a:b", "End": true}}}
                ]}}}
                """, "{}");
        aws.passSeconds(5);
        assertThat(aws.status(arn)).isEqualTo("FAILED");
        aws.client().redriveExecution(r -> r.executionArn(arn));
        aws.passSeconds(20);
        assertThat(aws.describe(arn).output()).isEqualTo("[1,2,3]");
        assertThat(calls).containsExactly("Good", "Bad", "Slow", "Bad", "Slow");
    }

    @Test
    void redrivesIterationsThatFailedWereAbortedOrNeverBegan() {
        List<String> calls = new ArrayList<>();
        aws.world().task(call -> {
            calls.add(call.parametersJson());
            return call.parametersJson().equals("2") && call.redriveCount() == 0
                    ? TaskOutcome.fail("E", "c")
                    : TaskOutcome.succeed(call.parametersJson());
        });
        String arn = aws.run("""
                {"StartAt": "M", "States": {"M": {"Type": "Map", "MaxConcurrency": 1, "End": true,
                  "ItemProcessor": {"StartAt": "T", "States": {
                    "T": {"Type": "Task", "Resource": "arn:aws:states:::a:b", "End": true}}}}}}
                """, "[1, 2, 3, 4]");
        aws.passSeconds(2);
        assertThat(aws.status(arn)).isEqualTo("FAILED");
        aws.client().redriveExecution(r -> r.executionArn(arn));
        aws.passSeconds(3);
        assertThat(aws.describe(arn).output()).isEqualTo("[1,2,3,4]");
        assertThat(calls).containsExactly("1", "2", "2", "3", "4");
    }

    @Test
    void waitsAnewInAWaitThatWasStopped() {
        String arn = aws.run(WAITING, "{}");
        aws.passSeconds(9);
        aws.client().stopExecution(r -> r.executionArn(arn));
        aws.client().redriveExecution(r -> r.executionArn(arn));
        aws.passSeconds(9);
        assertThat(aws.status(arn)).isEqualTo("RUNNING");
        aws.passSeconds(1);
        assertThat(aws.status(arn)).isEqualTo("SUCCEEDED");
        assertThat(aws.chain(arn)).isEqualTo("""
                        1 0 ExecutionStarted
                        2 0 WaitStateEntered
                        3 0 ExecutionAborted
                        4 0 ExecutionRedriven
                        5 2 WaitStateExited
                        6 5 ExecutionSucceeded
                        """);
    }

    @Test
    void entersAFailStateAgain() {
        String arn = aws.run("{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\",\"Error\":\"E\"}}}", "{}");
        aws.client().redriveExecution(r -> r.executionArn(arn));
        assertThat(aws.status(arn)).isEqualTo("FAILED");
        assertThat(aws.describe(arn).redriveCount()).isEqualTo(1);
        assertThat(aws.chain(arn)).endsWith("FailStateEntered\n6 5 ExecutionFailed\n");
    }

    @Test
    void resetsTheTimeoutOfTheMachine() {
        String arn = aws.run("""
                {"StartAt": "W", "TimeoutSeconds": 8, "States": {"W": {"Type": "Wait", "Seconds": 20, "End": true}}}
                """, "{}");
        aws.passSeconds(8);
        assertThat(aws.status(arn)).isEqualTo("TIMED_OUT");
        aws.client().redriveExecution(r -> r.executionArn(arn));
        aws.passSeconds(7);
        assertThat(aws.status(arn)).isEqualTo("RUNNING");
        aws.passSeconds(1);
        assertThat(aws.status(arn)).isEqualTo("TIMED_OUT");
    }

    @Test
    void redrivesOnceForOneClientToken() {
        String arn = aws.run(WAITING, "{}");
        aws.client().stopExecution(r -> r.executionArn(arn));
        Instant first = aws.client()
                .redriveExecution(r -> r.executionArn(arn).clientToken("token"))
                .redriveDate();
        aws.passSeconds(5);
        assertThat(aws.client()
                        .redriveExecution(r -> r.executionArn(arn).clientToken("token"))
                        .redriveDate())
                .isEqualTo(first);
        assertThat(codeOf(() ->
                        aws.client().redriveExecution(r -> r.executionArn(arn).clientToken("other"))))
                .isEqualTo("ExecutionNotRedrivable");
        assertThat(aws.describe(arn).redriveCount()).isEqualTo(1);
    }

    @Test
    void refusesWhatRunsWhatHasSucceededAndWhatIsTooOld() {
        String machine = aws.machine("jobs", WAITING);
        String arn = aws.start(machine, "one", "{}");
        assertThat(messageOf(() -> aws.client().redriveExecution(r -> r.executionArn(arn))))
                .contains("Execution is RUNNING and cannot be redriven");
        aws.passSeconds(10);
        assertThat(messageOf(() -> aws.client().redriveExecution(r -> r.executionArn(arn))))
                .contains("Execution is SUCCEEDED and cannot be redriven");
        String stopped = aws.start(machine, "two", "{}");
        aws.client().stopExecution(r -> r.executionArn(stopped));
        aws.simulator().clock().advance(Duration.ofDays(14).plusSeconds(1));
        assertThat(aws.describe(stopped).redriveStatusReason()).isEqualTo("Execution redrivable period exceeded");
        assertThat(codeOf(() -> aws.client().redriveExecution(r -> r.executionArn(stopped))))
                .isEqualTo("ExecutionNotRedrivable");
        assertThat(codeOf(() -> aws.client().redriveExecution(r -> r.executionArn(arn + "x"))))
                .isEqualTo("ExecutionDoesNotExist");
        assertThat(codeOf(() ->
                        aws.client().redriveExecution(r -> r.executionArn(arn).clientToken("with space"))))
                .isEqualTo("ValidationException");
    }

    @Test
    void countsTheRedrivenExecutionAsRunning() {
        aws.settings(s -> s.openExecutionLimit(1));
        String machine = aws.machine("jobs", WAITING);
        String stopped = aws.start(machine, "one", "{}");
        aws.client().stopExecution(r -> r.executionArn(stopped));
        String running = aws.start(machine, "two", "{}");
        assertThat(codeOf(() -> aws.client().redriveExecution(r -> r.executionArn(stopped))))
                .isEqualTo("ExecutionLimitExceeded");
        aws.client().stopExecution(r -> r.executionArn(running));
        aws.client().redriveExecution(r -> r.executionArn(stopped));
        assertThat(codeOf(() -> aws.start(machine, "three", "{}"))).isEqualTo("ExecutionLimitExceeded");
    }

    @Test
    void refusesTheTokenOfTheTryBeforeTheRedrive() {
        String arn = aws.run("""
                {"StartAt": "T", "States": {"T": {"Type": "Task",
                  "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true}}}
                """, "{}");
        String before = aws.world().taskToken(arn, "T").orElseThrow();
        aws.client().stopExecution(r -> r.executionArn(arn));
        aws.client().redriveExecution(r -> r.executionArn(arn));
        String after = aws.world().taskToken(arn, "T").orElseThrow();
        assertThat(codeOf(() ->
                        aws.client().sendTaskSuccess(r -> r.taskToken(before).output("1"))))
                .isEqualTo("TaskTimedOut");
        aws.client().sendTaskSuccess(r -> r.taskToken(after).output("1"));
        assertThat(aws.describe(arn).output()).isEqualTo("1");
    }
}
