package io.jenkins.plugins.awsoperations.alert;

import static io.jenkins.plugins.awsoperations.alert.AlertWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.operation.VirtualTime.Crash;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.events.ReceivedEvent;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever is lost on the way, the event arrives, and every copy of it is the same. */
class FailEventCrashSimulatorTest {

    private final AlertWorld world = new AlertWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theStateMayBeWrittenAndReadBetweenAnyTwoPolls() {
        world.aws.faults().add(Fault.on("PutEvents").times(2).throttle());
        world.aws.faults().add(Fault.on("PutEvents").times(2).entryFails("InternalFailure", "not now"));
        VirtualTime.Run<FailEventState, FailEventResult> run =
                world.start(request().cause("{\"a\": 1}")).betweenPolls(AlertWorld::throughBytes);

        world.time.run();

        assertThat(run.result().attempts()).isEqualTo(5);
        assertThat(world.detail().path("cause").path("a").intValue()).isEqualTo(1);
    }

    @Test
    void aCrashBeforeTheCallSendsTheEventOnce() {
        VirtualTime.Run<FailEventState, FailEventResult> run = world.start(request());
        run.onCrash(world.newProcess());
        run.onSave(r -> {
            if (r.saves() == 1) {
                throw new Crash();
            }
        });

        world.time.run();

        assertThat(run.result().attempts()).isEqualTo(2);
        assertThat(world.received()).hasSize(1);
    }

    @Test
    void aCrashBetweenTheCallAndItsReplySendsTheSameEventAgain() {
        VirtualTime.Run<FailEventState, FailEventResult> run =
                world.start(request().cause("disk full"));
        run.onCrash(r -> {
            world.clock.advance(Duration.ofMinutes(10));
            world.newProcess().accept(r);
        });
        run.afterPoll(r -> {
            if (r.polls() == 1) {
                r.crash();
            }
        });

        world.time.run();

        assertThat(run.result().id()).isEqualTo("token10001");
        assertThat(world.received()).hasSize(2);
        ReceivedEvent first = world.received().get(0);
        ReceivedEvent second = world.received().get(1);
        assertThat(second.detail()).isEqualTo(first.detail());
        assertThat(second.time())
                .as("when it failed, not when it was sent again")
                .isEqualTo(first.time());
    }

    @Test
    void aStateThatCannotBeSavedSendsNothing() {
        VirtualTime.Run<FailEventState, FailEventResult> run = world.start(request());
        run.onSave(r -> {
            throw new IllegalStateException("disk full");
        });

        world.time.run();

        assertThat(run.failure().kind()).isEqualTo(FailureKind.UNAVAILABLE);
        assertThat(run.failure().message()).contains("disk full").doesNotContain("perhaps");
        assertThat(run.failure().remedy()).endsWith("the event was not sent.");
        assertThat(world.aws.ledger().count("PutEvents")).isZero();
    }

    @Test
    void aStateThatCannotBeSavedForAWhileIsSavedLater() {
        VirtualTime.Run<FailEventState, FailEventResult> run = world.start(request());
        run.onSave(r -> {
            if (r.saves() < 4) {
                throw new IllegalStateException("disk full");
            }
        });

        world.time.run();

        assertThat(run.result().attempts()).isEqualTo(1);
        assertThat(run.log).filteredOn(l -> l.contains("disk full")).hasSize(1);
        assertThat(world.received()).hasSize(1);
    }

    @Test
    void theEventIsNotSentFromAnotherAccountThanTheOneItBeganIn() {
        world.aws.faults().add(Fault.on("PutEvents").throttle());
        VirtualTime.Run<FailEventState, FailEventResult> run = world.start(request());
        run.betweenPolls(state -> {
            FailEventState changed = state.copy();
            changed.accountId = state.accountId.isEmpty() ? "" : "999999999999";
            return changed;
        });

        world.time.run();

        assertThat(run.failure().kind()).isEqualTo(FailureKind.CONFIGURATION);
        assertThat(run.failure().message()).startsWith("began in the account 999999999999");
        assertThat(world.received()).isEmpty();
    }

    @Test
    void stoppingBeforeAnythingWasSentSaysSo() {
        world.aws.faults().add(Fault.on("PutEvents").always().throttle());
        VirtualTime.Run<FailEventState, FailEventResult> run = world.start(request());
        world.time.runUntil(world.clock.instant().plusSeconds(20));
        long calls = world.aws.ledger().count("PutEvents");
        run.cancel("stopped by alice");

        world.time.run();

        OperationFailure failure = run.failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(failure.message()).isEqualTo("stopped (stopped by alice): no event was sent");
        assertThat(run.state().whatStays()).isNull();
        assertThat(world.aws.ledger().count("PutEvents")).isEqualTo(calls);
    }

    @Test
    void stoppingAfterALostReplySaysThatTheEventMayHaveBeenSent() {
        world.aws.faults().add(Fault.on("PutEvents").always().loseReply());
        VirtualTime.Run<FailEventState, FailEventResult> run = world.start(request());
        world.time.runUntil(world.clock.instant().plusMillis(1));
        run.cancel("stopped by alice");

        world.time.run();

        assertThat(run.failure().kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(run.failure().message())
                .isEqualTo("stopped (stopped by alice): the event may have been sent, with the id token10001");
        assertThat(run.state().whatStays()).isEqualTo("perhaps an event with the id token10001 on channel high");
    }

    @Test
    void stoppingAfterACrashThatLostTheReplySaysSoToo() {
        VirtualTime.Run<FailEventState, FailEventResult> run = world.start(request());
        run.onCrash(r -> {
            world.newProcess().accept(r);
            r.cancel("stopped by alice");
        });
        run.afterPoll(r -> {
            if (r.polls() == 1) {
                r.crash();
            }
        });

        world.time.run();

        assertThat(run.failure().message()).contains("the event may have been sent");
        assertThat(world.received()).hasSize(1);
    }
}
