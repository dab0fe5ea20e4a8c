package io.jenkins.plugins.awsoperations.statemachine;

import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.START;
import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.request;
import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.waits;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.operation.VirtualTime.Crash;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.states.ExecutionView;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.OnAbort;
import io.jenkins.plugins.awsoperations.statemachine.StateRow.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Executions whose wait ends before them, and those that others end. */
class StoppedExecutionSimulatorTest {

    private final ExecutionWorld world = new ExecutionWorld();

    @BeforeEach
    void machine() {
        world.aws.states().createStateMachine("long", waits(7200));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private OperationFailure cancelAfter(ExecutionRequestBuilder request, Duration after) {
        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.start(request);
        world.time.runUntil(START.plus(after));
        run.cancel("Aborted by alice");
        world.time.run();
        return run.failure();
    }

    @Test
    void anAbortStopsTheExecutionAndAwsKeepsWhoAndWhy() {
        OperationFailure failure = cancelAfter(request("long"), Duration.ofMinutes(10));

        assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(failure.describe())
                .contains("stopped (Aborted by alice)", "the execution has stopped", "by a task token");
        ExecutionView execution = world.onlyExecution();
        assertThat(execution.status()).isEqualTo("ABORTED");
        assertThat(execution.error()).isEqualTo("AwsOperations.Aborted");
        assertThat(execution.cause()).isEqualTo("batch/nightly #1: Aborted by alice");
        assertThat(world.aws.ledger().count("StopExecution")).isEqualTo(1);
    }

    @Test
    void anAbortBeforeTheStartStartsNothing() {
        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.start(request("long"));
        run.cancel("Aborted by alice");
        world.time.run();

        assertThat(run.failure().message()).contains("nothing was started");
        assertThat(world.aws.ledger().calls()).isEmpty();
    }

    @Test
    void whoDetachesLetsItGoOn() {
        OperationFailure failure = cancelAfter(request("long").onAbort(OnAbort.DETACH), Duration.ofMinutes(10));

        assertThat(failure.describe()).contains("goes on (onAbort: DETACH)", "executionArn: arn:aws:states");
        assertThat(world.onlyExecution().status()).isEqualTo("RUNNING");
    }

    @ParameterizedTest
    @CsvSource({"STOP, ABORTED", "DETACH, RUNNING"})
    void theTimeoutStopsOrDetaches(OnAbort onAbort, String status) {
        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.run(request("long").timeoutMinutes(60).onAbort(onAbort));

        assertThat(run.failure().kind()).isEqualTo(FailureKind.TIMED_OUT);
        assertThat(run.failure().message()).contains("timed out (timeoutMinutes: 60 are over)");
        assertThat(world.onlyExecution().status()).isEqualTo(status);
        if (onAbort == OnAbort.STOP) {
            assertThat(world.onlyExecution().error()).isEqualTo("AwsOperations.Timeout");
        }
        assertThat(Duration.between(START, world.clock.instant()))
                .isBetween(Duration.ofMinutes(60), Duration.ofMinutes(61));
    }

    @Test
    void theTimeoutIsCountedFromTheStartAlsoAfterARestart() {
        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.start(request("long").timeoutMinutes(60));
        run.betweenPolls(state -> {
            world.newProcess().accept(run);
            return ExecutionWorld.throughBytes(state);
        });
        world.time.run();

        assertThat(Duration.between(START, world.clock.instant())).isLessThan(Duration.ofMinutes(61));
        assertThat(run.failure().kind()).isEqualTo(FailureKind.TIMED_OUT);
    }

    @Test
    void anExecutionThatAPersonStopsEndsTheStep() {
        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.start(request("long"));
        world.time.runUntil(START.plusSeconds(600));
        world.aws.states().stop(world.onlyExecution().arn(), "Console", "by bob");
        world.time.run();

        assertThat(run.failure().kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(run.failure().describe())
                .contains("was stopped by somebody else in state 'Wait': Console: by bob", "CloudTrail");
        assertThat(run.failed().result().states().get(0).status()).isEqualTo(Status.ABORTED);
        assertThat(Duration.between(START.plusSeconds(600), world.clock.instant()))
                .isLessThanOrEqualTo(Duration.ofSeconds(32));
    }

    @Test
    void anAbortJustAfterTheEndSaysThatItHadEnded() {
        world.aws.states().createStateMachine("short", waits(100));
        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.start(request("short"));
        world.time.runUntil(START.plusSeconds(80));
        world.clock.advance(Duration.ofSeconds(60));
        run.cancel("Aborted by alice");
        world.time.run();

        assertThat(run.failure().message()).contains("it ended by itself before it was stopped: SUCCEEDED");
        assertThat(run.failed().result().status()).isEqualTo("SUCCEEDED");
    }

    @Test
    void anAbortWhileTheReplyIsLostStillStopsTheExecution() {
        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.start(request("long"));
        world.aws.faults().add(Fault.on("StartExecution").times(3).loseReply());
        run.afterPoll(r -> {
            if (r.polls() == 1) {
                r.cancel("Aborted by alice");
            }
        });
        world.time.run();

        assertThat(run.failure().message()).contains("the execution has stopped");
        assertThat(world.onlyExecution().status()).isEqualTo("ABORTED");
    }

    @Test
    void anAbortWhenNothingArrivedSaysThatAwsKnowsNothing() {
        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.start(request("long"));
        run.onSave(r -> {
            if (r.saves() == 1) {
                throw new Crash();
            }
        });
        run.onCrash(r -> {
            world.newProcess().accept(r);
            r.cancel("Aborted by alice");
        });
        world.time.run();

        assertThat(run.failure().message()).contains("AWS knows no execution", "most likely none was started");
        assertThat(world.aws.states().executions()).isEmpty();
    }

    @Test
    void whoMayNotStopSaysThatItMayStillRun() {
        world.aws.faults().add(Fault.on("StopExecution").always().deny());

        OperationFailure failure = cancelAfter(request("long"), Duration.ofMinutes(10));

        assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(failure.describe()).contains("NOT proven to have stopped", "states:StopExecution");
        assertThat(world.onlyExecution().status()).isEqualTo("RUNNING");
    }

    @Test
    void anUnreachableAwsIsGivenUpBeforeWhoeverStopsLosesPatience() {
        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.start(request("long"));
        world.time.runUntil(START.plusSeconds(600));
        world.aws.faults().add(Fault.on("StopExecution").always().serverError(false));
        run.cancel("Aborted by alice");
        world.time.run();

        assertThat(run.failure().message()).contains("NOT proven to have stopped");
        assertThat(Duration.between(START.plusSeconds(600), world.clock.instant()))
                .isBetween(Duration.ofSeconds(40), Duration.ofSeconds(60));
    }

    @Test
    void whatStopsItMayHaveHalfOfACharacter() {
        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.start(request("long"));
        world.time.runUntil(START.plusSeconds(600));
        run.cancel("Aborted by \ud83d" + "\ud83d\ude00".repeat(20_000));
        world.time.run();

        assertThat(world.onlyExecution().status()).isEqualTo("ABORTED");
        assertThat(world.onlyExecution().cause())
                .startsWith("batch/nightly #1: Aborted by ")
                .endsWith("\ud83d\ude00");
    }

    @Test
    void anAbortWithTheKeysOfAnotherAccountSaysWhatStays() {
        VirtualTime.Run<ExecutionState, ExecutionResult> run = world.start(request("long"));
        world.time.runUntil(START.plusSeconds(600));
        run.betweenPolls(state -> {
            state.accountId = "999999999999";
            return state;
        });
        run.cancel("Aborted by alice");
        world.time.run();

        assertThat(run.failure().kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(run.failure().describe())
                .contains("began in the account 999999999999", "NOT proven to have stopped", "execution:long:");
    }

    @Test
    void anAbortStopsNobodyElsesExecutionOfTheSameName() {
        VirtualTime.Run<ExecutionState, ExecutionResult> run =
                world.start(request("long").executionName("monthly"));
        run.onSave(r -> {
            if (r.saves() == 1) {
                world.connection()
                        .sfn()
                        .startExecution(s -> s.stateMachineArn(
                                        r.state().stateMachineArn() == null
                                                ? "arn:aws:states:ap-northeast-1:123456789012:stateMachine:long"
                                                : r.state().stateMachineArn())
                                .name("monthly")
                                .input("{\"by\":\"bob\"}"));
                throw new Crash();
            }
        });
        run.onCrash(r -> {
            world.newProcess().accept(r);
            r.cancel("Aborted by alice");
        });
        world.time.run();

        assertThat(world.onlyExecution().status()).isEqualTo("RUNNING");
        assertThat(run.failure().message()).contains("somebody else's");
    }

    @Test
    void manyAbortsAtOnceKeepTheBuckets() {
        int many = 470;
        List<VirtualTime.Run<ExecutionState, ExecutionResult>> runs = IntStream.range(0, many)
                .mapToObj(i -> world.start(request("long")))
                .toList();
        world.time.runUntil(START.plusSeconds(30));
        int describes = world.aws.ledger().count("DescribeExecution");
        Instant cancelled = world.clock.instant();
        runs.forEach(run -> run.cancel("the controller shuts down"));
        world.time.run();

        assertThat(world.aws.states().executions()).allMatch(e -> e.status().equals("ABORTED"));
        assertThat(world.aws.ledger().count("StopExecution")).isEqualTo(many);
        long seconds = Duration.between(cancelled, world.clock.instant()).toSeconds();
        assertThat(world.aws.ledger().count("DescribeExecution") - describes)
                .isLessThanOrEqualTo((int) (250 + 10 * seconds));
    }
}
