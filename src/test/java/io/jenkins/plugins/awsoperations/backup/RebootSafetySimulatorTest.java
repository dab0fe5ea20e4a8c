package io.jenkins.plugins.awsoperations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.VirtualTime.Run;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A backup with reboot takes production servers down: never more than asked for, and never another after one that is not back. */
class RebootSafetySimulatorTest {

    private final BackupWorld world = new BackupWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    private static BackupRequestBuilder request() {
        return BackupWorld.request("daily").reboot(true);
    }

    private Run<BackupState, BackupResult> run(BackupRequestBuilder request) {
        Run<BackupState, BackupResult> run = world.start(request);
        world.time.run();
        return run;
    }

    private List<Instant> accepted() {
        return world.aws.ledger().calls("CreateImage").stream()
                .filter(c -> c.outcome().equals("OK"))
                .map(Call::time)
                .toList();
    }

    @Test
    void anInstanceThatDoesNotComeBackStopsFurtherReboots() {
        List<String> ids = world.instances(3).stream().sorted().toList();
        world.aws
                .faults()
                .add(Fault.on("CreateImage").where("InstanceId", ids.get(0)).neverBack());
        Run<BackupState, BackupResult> run = run(request());
        assertThat(accepted()).hasSize(1);
        assertThat(run.failed().result().failed()).isEqualTo(3);
        assertThat(run.failed().result().instances().get(0).error())
                .contains("did not pass its status checks within 10 minutes", "system log");
        assertThat(run.failed().result().instances().get(1).error()).contains("no other instance is to go down");
    }

    @Test
    void aTimeoutWhileAnInstanceIsDownStopsFurtherReboots() {
        world.instances(4);
        world.aws.faults().add(Fault.on("CreateImage").always().neverBack());
        run(request().timeoutMinutes(5)).failed();
        assertThat(accepted()).hasSize(1);
    }

    @Test
    void withoutAPermissionToLookNoInstanceGoesDown() {
        world.instances(4);
        world.aws.faults().add(Fault.on("DescribeInstanceStatus").always().deny());
        run(request()).failed();
        assertThat(accepted()).isEmpty();
    }

    @Test
    void aRefusedLookAtTheImageWhileAnInstanceIsDownStopsFurtherReboots() {
        world.instances(3);
        world.aws.faults().add(Fault.on("DescribeImages").always().deny());
        run(request()).failed();
        assertThat(accepted()).hasSize(1);
    }

    @Test
    void anAnswerThatNeverCameStopsFurtherReboots() {
        world.instances(3);
        world.aws.faults().add(Fault.on("CreateImage").loseReply());
        world.aws.faults().add(Fault.on("DescribeImages").always().deny());
        Run<BackupState, BackupResult> run = run(request());
        assertThat(world.aws.ledger().count("CreateImage")).isEqualTo(1);
        assertThat(run.failed().failure().message()).contains("perhaps an image named");
    }

    @Test
    void noMoreInstancesAreDownAtOnceThanAllowed() {
        world.instances(6);
        run(request().rebootConcurrency(2).parallelism(6)).result();
        Duration down = world.aws.settings().rebootDuration();
        List<Instant> times = accepted();
        for (int n = 2; n < times.size(); n++) {
            assertThat(Duration.between(times.get(n - 2), times.get(n))).isGreaterThanOrEqualTo(down);
        }
    }

    @Test
    void anInstanceThatIsStoppedMeanwhileIsNoFailedReboot() {
        List<String> ids = world.instances(3).stream().sorted().toList();
        Run<BackupState, BackupResult> run = world.start(request());
        world.time.runUntil(world.clock.instant().plusSeconds(5));
        world.aws.ec2().stopInstance(ids.get(1));
        world.time.run();
        assertThat(run.result().created()).isEqualTo(3);
    }

    @Test
    void instancesThatAreStartedMeanwhileCountAsDownToo() {
        List<String> ids = world.instances(2);
        ids.forEach(world.aws.ec2()::stopInstance);
        world.aws.faults().add(Fault.on("CreateImage").times(8).throttle());
        world.start(request());
        world.time.runUntil(world.clock.instant().plusSeconds(1));
        world.connection().ec2().startInstances(r -> r.instanceIds(ids));
        world.time.run();
        assertThat(Duration.between(accepted().get(0), accepted().get(1)))
                .isGreaterThanOrEqualTo(world.aws.settings().rebootDuration());
    }

    @Test
    void notBackWithinTenMinutesIsSaidThoughAnotherImageIsBeingMade() {
        world.instance("db");
        world.aws.faults().add(Fault.on("CreateImage").slow(Duration.ofHours(3)));
        world.start(BackupWorld.request("weekly"));
        world.time.runUntil(world.clock.instant().plusSeconds(20));
        world.clock.advance(Duration.ofSeconds(20));
        world.aws.faults().add(Fault.on("CreateImage").neverBack());
        Run<BackupState, BackupResult> run = world.start(request());
        world.time.runUntil(world.clock.instant().plusSeconds(900));
        assertThat(run.log).anyMatch(line -> line.contains("ALERT"));
    }

    @Test
    void anInstanceTerminatedDuringItsRebootStillGetsItsImage() {
        String id = world.instance("db");
        Run<BackupState, BackupResult> run = world.start(request());
        world.time.runUntil(world.clock.instant().plusSeconds(5));
        world.aws.ec2().terminateInstance(id);
        world.time.run();
        assertThat(run.result().created()).isEqualTo(1);
    }

    @Test
    void aDeadlineDuringAConflictEndsTheWaitAtOnce() {
        world.instance("db");
        world.aws
                .faults()
                .add(Fault.on("CreateImage")
                        .always()
                        .error(
                                "InvalidRequest",
                                "Another CreateImage operation is in progress on this instance.",
                                400));
        Run<BackupState, BackupResult> run = world.start(request().timeoutMinutes(2));
        run.afterPoll(r -> assertThat(r.polls()).as("no busy loop").isLessThan(1000));
        world.time.run();
        assertThat(run.failed().failure().kind()).isEqualTo(FailureKind.TIMED_OUT);
    }
}
