package io.jenkins.plugins.awsoperations.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.operation.BlockingRunner;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What any Step Functions must do for the engine: run against the project's simulator and against an independent emulator. */
abstract class ExecutionContract {

    private static final String ROLE = "arn:aws:iam::123456789012:role/states";

    final List<String> log = new CopyOnWriteArrayList<>();
    private AwsConnections connections;
    SimulatorClock clock;
    private String token;

    /** How fast its time passes. */
    abstract int speed();

    /** A fresh one for each test. */
    abstract URI endpoint(SimulatorClock clock);

    /** The resource of a task that waits for its token, and its parameters but for the token. */
    abstract Map<String, Object> waitingTask(Map<String, Object> message);

    /** Whether StopExecution keeps who stopped it and why. */
    abstract boolean keepsTheCauseOfAStop();

    @BeforeEach
    void connect() {
        clock = SimulatorClock.scaled(speed());
        connections = new AwsConnections(clock);
        token = RunIdentity.create("contract", "1").token();
    }

    @AfterEach
    void disconnect() {
        connections.close();
    }

    AwsConnection aws() {
        return connections.connect(AwsAccount.in("ap-northeast-1")
                .endpoint(endpoint(clock))
                .credentials(new AwsCredentialSource.Keys("AKIATEST", "secret", null))
                .build());
    }

    private void machine(String name, String start, Map<String, Object> states) {
        String definition = JsonText.write(Map.of("StartAt", start, "States", states));
        aws().sfn().createStateMachine(r -> r.name(name).definition(definition).roleArn(ROLE));
    }

    private Conversation<ExecutionState, ExecutionResult> conversation(ExecutionRequestBuilder request) {
        AwaitStateMachine operation = new AwaitStateMachine(aws());
        ExecutionState state = operation.begin(request.build(), new RunIdentity("contract", "1", token));
        return new Conversation<>(operation, state, clock, log::add, StateStore.none());
    }

    private ExecutionResult run(ExecutionRequestBuilder request) {
        return run(conversation(request));
    }

    private ExecutionResult run(Conversation<ExecutionState, ExecutionResult> conversation) {
        return new BlockingRunner(wait -> wait.dividedBy(speed())).run(conversation, status -> {});
    }

    @Test
    void aStateMachineRunsAndItsOutputIsTheResult() {
        machine(
                "greet",
                "Choose",
                Map.of(
                        "Choose",
                        Map.of(
                                "Type",
                                "Choice",
                                "Choices",
                                List.of(Map.of("Variable", "$.name", "StringEquals", "Jenkins", "Next", "Wait")),
                                "Default",
                                "Wrong"),
                        "Wait",
                        Map.of("Type", "Wait", "Seconds", 1, "Next", "Greet"),
                        "Greet",
                        Map.of("Type", "Pass", "Result", Map.of("greeting", "hello", "count", 2), "End", true),
                        "Wrong",
                        Map.of("Type", "Fail", "Error", "WrongName", "Cause", "no")));

        ExecutionResult result =
                run(ExecutionRequest.builder().stateMachine("greet").input(Map.of("name", "Jenkins")));

        assertThat(result.status()).isEqualTo("SUCCEEDED");
        assertThat(result.toMap().get("output"))
                .asInstanceOf(MAP)
                .containsEntry("greeting", "hello")
                .containsEntry("count", 2);
        assertThat(result.states()).extracting(StateRow::name).containsExactly("Choose", "Wait", "Greet");
        assertThat(result.states()).extracting(StateRow::status).containsOnly(StateRow.Status.SUCCEEDED);
        assertThat(log).anyMatch(line -> line.startsWith("greet: Wait: done after 1 s"));
    }

    @Test
    void aStateMachineThatFailsSaysWhereAndWhy() {
        machine(
                "fails",
                "Begin",
                Map.of(
                        "Begin",
                        Map.of("Type", "Pass", "Next", "Broken"),
                        "Broken",
                        Map.of("Type", "Fail", "Error", "OutOfStock", "Cause", "no more apples")));

        assertThatThrownBy(() -> run(ExecutionRequest.builder().stateMachine("fails")))
                .asInstanceOf(type(OperationException.class))
                .satisfies(e -> {
                    assertThat(e.failure().kind()).isEqualTo(FailureKind.REMOTE_FAILED);
                    assertThat(e.failure().message()).contains("OutOfStock: no more apples", "'Broken'");
                    ExecutionResult result = (ExecutionResult) e.result();
                    assertThat(result.error()).isEqualTo("OutOfStock");
                    assertThat(result.cause()).isEqualTo("no more apples");
                    assertThat(result.failedState()).isEqualTo("Broken");
                });
    }

    @Test
    void parallelBranchesAreOneRowWithCounts() {
        Map<String, Object> branch = Map.of(
                "StartAt",
                "Inner",
                "States",
                Map.of("Inner", Map.of("Type", "Pass", "Result", Map.of("a", 1), "End", true)));
        Map<String, Object> other = Map.of(
                "StartAt",
                "Other",
                "States",
                Map.of("Other", Map.of("Type", "Pass", "Result", Map.of("b", 2), "End", true)));
        machine(
                "both",
                "Both",
                Map.of("Both", Map.of("Type", "Parallel", "Branches", List.of(branch, other), "End", true)));

        ExecutionResult result = run(ExecutionRequest.builder().stateMachine("both"));

        assertThat(result.states()).hasSize(1);
        assertThat(result.states().get(0).counts()).isEqualTo("2 states");
        assertThat(result.toMap().get("output")).isEqualTo(List.of(Map.of("a", 1), Map.of("b", 2)));
    }

    @Test
    void aTaskThatWaitsForItsTokenIsAnsweredFromOutside() throws Exception {
        machine("waits", "Ask", Map.of("Ask", waitingTask(Map.of("question", "go on?"))));
        CompletableFuture<ExecutionResult> result = CompletableFuture.supplyAsync(
                () -> run(ExecutionRequest.builder().stateMachine("waits")));

        String taskToken = Awaitility.await().ignoreExceptions().until(this::taskToken, token -> !token.isEmpty());
        aws().sfn().sendTaskSuccess(r -> r.taskToken(taskToken).output("{\"answer\": \"yes\"}"));

        assertThat(result.get(60, TimeUnit.SECONDS).toMap().get("output")).isEqualTo(Map.of("answer", "yes"));
    }

    /** As a task's parameters tell it in the history; an empty text before there is one. */
    private String taskToken() {
        return log.stream()
                .filter(line -> line.contains("execution contract-1-"))
                .findFirst()
                .flatMap(line -> aws()
                        .sfn()
                        .getExecutionHistory(r -> r.executionArn(line.substring(line.lastIndexOf("arn:"))))
                        .events()
                        .stream()
                        .filter(event -> event.taskScheduledEventDetails() != null)
                        .map(event -> event.taskScheduledEventDetails().parameters())
                        .findFirst())
                .map(parameters -> JsonText.parse(parameters).findValuesAsText("TaskToken").stream()
                        .findFirst()
                        .orElse(""))
                .orElse("");
    }

    @Test
    void aRunThatIsStoppedStopsTheExecution() throws Exception {
        machine("long", "Wait", Map.of("Wait", Map.of("Type", "Wait", "Seconds", 3000, "End", true)));
        Conversation<ExecutionState, ExecutionResult> conversation =
                conversation(ExecutionRequest.builder().stateMachine("long"));
        CompletableFuture<Throwable> end = CompletableFuture.supplyAsync(() -> {
            try {
                run(conversation);
                return null;
            } catch (OperationException e) {
                return e;
            }
        });
        Awaitility.await().until(() -> log.stream().anyMatch(line -> line.contains("execution contract-1-")));

        conversation.cancel("Aborted by alice");

        assertThat(end.get(60, TimeUnit.SECONDS))
                .asInstanceOf(type(OperationException.class))
                .satisfies(e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.CANCELLED))
                .satisfies(e -> assertThat(e.failure().message()).contains("the execution has stopped"));
        String arn = log.stream()
                .filter(line -> line.contains("execution contract-1-"))
                .map(line -> line.substring(line.lastIndexOf("arn:")))
                .findFirst()
                .orElseThrow();
        var description = aws().sfn().describeExecution(r -> r.executionArn(arn));
        assertThat(description.statusAsString()).isEqualTo("ABORTED");
        if (keepsTheCauseOfAStop()) {
            assertThat(description.error()).isEqualTo("AwsOperations.Aborted");
            assertThat(description.cause()).isEqualTo("contract #1: Aborted by alice");
        }
    }

    @Test
    void anUnknownNameIsAnsweredWithWhatMayBeMeant() {
        machine("nightly-load", "Done", Map.of("Done", Map.of("Type", "Succeed")));

        assertThatThrownBy(() -> run(ExecutionRequest.builder().stateMachine("nigthly-load")))
                .asInstanceOf(type(OperationException.class))
                .satisfies(e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.NOT_FOUND))
                .satisfies(e -> assertThat(e.failure().message()).contains("is nightly-load meant?"));
        assertThat(Collections.unmodifiableList(log)).noneMatch(line -> line.contains("execution contract"));
    }
}
