package io.jenkins.plugins.awsoperations.statemachine;

import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.START;
import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.request;
import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.waits;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.History;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times and ends are noticed also while AWS answers badly. */
class TroubledExecutionSimulatorTest {

    private final ExecutionWorld world = new ExecutionWorld();

    @BeforeEach
    void machines() {
        world.aws.states().createStateMachine("long", waits(7200));
        world.aws.states().createStateMachine("short", waits(100));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Duration took() {
        return Duration.between(START, world.clock.instant());
    }

    @ParameterizedTest
    @EnumSource(History.class)
    void theTimeoutIsNoticedWhileNothingCanBeRead(History history) {
        world.aws.faults().add(Fault.on("GetExecutionHistory").always().serverError(false));
        world.aws.faults().add(Fault.on("DescribeExecution").always().throttle());

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(request("long").history(history).timeoutMinutes(10));

        assertThat(run.failure().kind()).isEqualTo(FailureKind.TIMED_OUT);
        assertThat(run.failure().message()).contains("timed out (timeoutMinutes: 10 are over)");
        assertThat(world.onlyExecution().status()).isEqualTo("ABORTED");
        assertThat(took()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeStateMachine", "StartExecution"})
    void theTimeoutIsNoticedBeforeTheStart(String action) {
        world.aws.faults().add(Fault.on(action).always().throttle());

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(request("long").timeoutMinutes(5));

        assertThat(run.failure().kind()).isEqualTo(FailureKind.TIMED_OUT);
        assertThat(run.failure().message()).containsAnyOf("nothing was started", "most likely none was started");
        assertThat(took()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    }

    @Test
    void aHistoryThatIsAlwaysThrottledDoesNotHideTheEnd() {
        world.aws.faults().add(Fault.on("GetExecutionHistory").always().throttle());

        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.run(request("short"));

        assertThat(run.result().status()).isEqualTo("SUCCEEDED");
        assertThat(took()).isLessThan(Duration.ofMinutes(5));
        assertThat(run.log).hasSizeLessThan(8);
    }

    @Test
    void anExecutionWhoseTimeIsOverIsStoppedAlsoWhenThatTakesMinutes() {
        // Each call is sent three times.
        world.aws.faults().add(Fault.on("StopExecution").times(3 * 100).serverError(false));

        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(request("long").timeoutMinutes(10));

        assertThat(run.failure().message()).contains("timed out", "the execution has stopped");
        assertThat(world.onlyExecution().status()).isEqualTo("ABORTED");
        assertThat(took()).isLessThan(Duration.ofMinutes(15));
    }

    @Test
    void aStartThatIsRefusedAfterALostReplySaysThatThereMayBeAnExecution() {
        world.aws.faults().add(Fault.on("StartExecution").loseReply());
        world.aws.faults().add(Fault.on("StartExecution").always().deny());

        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.run(request("short"));

        assertThat(world.aws.states().executions()).hasSize(1);
        assertThat(run.failure().kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(run.failure().message()).contains("in AWS stays perhaps the execution");
    }
}
