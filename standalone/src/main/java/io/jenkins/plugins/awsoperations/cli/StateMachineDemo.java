package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import io.jenkins.plugins.awsoperations.operation.PollLoop;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.events.ReceivedEvent;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import io.jenkins.plugins.awsoperations.statemachine.AwaitStateMachine;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionResult;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionState;
import io.jenkins.plugins.awsoperations.statemachine.StateRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The demo's job network as it was before: state machines of Step Functions, which are kept and only started. */
final class StateMachineDemo {

    /** The rule that alerts for the state machine's own events. */
    private static final String RULE = """
            {"source": ["net.quickguard.states"], "detail-type": ["Job Network Execution Fail"], "detail": {"channel": ["high"]}}
            """;

    private final AwsSimulator aws;
    private final AwsConnection connection;
    private final PollLoop loop;
    private final OperationLog log;

    StateMachineDemo(AwsSimulator aws, AwsConnection connection, PollLoop loop, OperationLog log) {
        this.aws = aws;
        this.connection = connection;
        this.loop = loop;
        this.log = log;
    }

    /**
     * What the network came to.
     *
     * @param failure why it failed, or null
     * @param result what is known of the execution, or null
     * @param event what it has sent to EventBridge itself, as its rule gets it, or null
     */
    record Outcome(
            @Nullable OperationFailure failure,
            @Nullable ExecutionResult result,
            @Nullable ReceivedEvent event) {

        /** Job 2 was caught, Job 3 never ran, and the machine itself has sent its event. */
        boolean isAsItShouldBe() {
            return failure != null
                    && result != null
                    && Objects.equals(result.status(), "FAILED")
                    && result.states().stream()
                            .map(StateRow::name)
                            .toList()
                            .equals(List.of("Job 1", "Job 2", "Send fail event", "Fail"))
                    && result.states().get(1).status() == StateRow.Status.CAUGHT
                    && event != null;
        }
    }

    Outcome run() {
        aws.states().createStateMachine("RunJob", definition("RunJob"));
        aws.states().createStateMachine("SendFailEvent", definition("SendFailEvent"));
        aws.states().createStateMachine("JobNetwork-example", definition("JobNetwork-example"));
        aws.states()
                .task(call -> call.parametersJson().contains("echo 'FAILURE'")
                        ? TaskOutcome.fail("ExecutionFailed", "{\"CommandResult\": {\"ResponseCode\": 1}}")
                                .after(Duration.ofSeconds(5))
                        : TaskOutcome.succeed("{\"CommandResult\": {\"ResponseCode\": 0}}")
                                .after(Duration.ofSeconds(20)));
        ExecutionRequest request = ExecutionRequest.builder()
                .stateMachine("JobNetwork-example")
                .input(JobNetworkDemo.WORKER)
                .build();
        AwaitStateMachine operation = new AwaitStateMachine(connection);
        ExecutionState state = operation.begin(request, RunIdentity.create("network", "2"));
        try {
            ExecutionResult result = loop.start(
                            new Conversation<>(operation, state, aws.clock(), log, StateStore.none()))
                    .join();
            return new Outcome(null, result, event());
        } catch (CompletionException e) {
            if (e.getCause() instanceof OperationException failed) {
                log.line("FAILED: " + failed.failure().describe());
                return new Outcome(
                        failed.failure(), failed.result() instanceof ExecutionResult known ? known : null, event());
            }
            throw e;
        }
    }

    private @Nullable ReceivedEvent event() {
        List<ReceivedEvent> events = aws.events().matching(RULE);
        return events.size() == 1 ? events.get(0) : null;
    }

    private static String definition(String name) {
        String resource = "/step-functions/" + name + ".asl.json";
        try (InputStream in = StateMachineDemo.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the build has no " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
