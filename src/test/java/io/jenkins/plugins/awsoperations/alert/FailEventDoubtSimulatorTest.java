package io.jenkins.plugins.awsoperations.alert;

import static io.jenkins.plugins.awsoperations.alert.AlertWorld.START;
import static io.jenkins.plugins.awsoperations.alert.AlertWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The SDK sends a call again by itself: what AWS answers last says nothing of what it did before. */
class FailEventDoubtSimulatorTest {

    private final AlertWorld world = new AlertWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aReplyThatWasLostBeforeAThrottledOneIsNotForgotten() {
        world.aws.faults().add(Fault.on("PutEvents").loseReply());
        world.aws.faults().add(Fault.on("PutEvents").always().throttle());
        VirtualTime.Run<FailEventState, FailEventResult> run = world.start(request());
        world.time.runUntil(START.plusMillis(1));
        run.cancel("Aborted by alice");
        world.time.run();

        assertThat(world.received()).hasSize(1);
        assertThat(run.failure().message()).contains("the event may have been sent");
    }
}
