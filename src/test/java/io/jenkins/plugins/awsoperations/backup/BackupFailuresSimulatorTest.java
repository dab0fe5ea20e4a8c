package io.jenkins.plugins.awsoperations.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awsoperations.backup.BackupRequest.IfNoInstances;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.OnPartialFailure;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.StatusCheck;
import io.jenkins.plugins.awsoperations.backup.InstanceResult.State;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.VirtualTime.Run;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ec2.ImageView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes wrong, and what it leaves behind. */
class BackupFailuresSimulatorTest {

    private final BackupWorld world = new BackupWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    private Run<BackupState, BackupResult> run(BackupRequestBuilder request) {
        Run<BackupState, BackupResult> run = world.start(request);
        world.time.run();
        return run;
    }

    @Test
    void throttlingOfThirtyPercentOfAllCallsDelaysAndFailsNothing() {
        world.instances(10);
        world.aws.faults().add(Fault.on("*").probability(0.3).throttle());
        Run<BackupState, BackupResult> run = run(BackupWorld.request("daily").parallelism(10));
        assertThat(run.result().created()).isEqualTo(10);
        assertThat(world.aws.ec2().images()).hasSize(10);
        assertThat(world.aws.ledger().throttled()).isNotEmpty();
    }

    @Test
    void saysWhichPermissionIsMissingAndGoesOnWithTheOthers() {
        List<String> ids = world.instances(3);
        world.aws
                .faults()
                .add(Fault.on("CreateImage")
                        .where("InstanceId", ids.get(1))
                        .always()
                        .deny());
        Run<BackupState, BackupResult> run = run(BackupWorld.request("daily"));
        OperationFailure failure = run.failed().failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure.describe())
                .contains(ids.get(1), "UnauthorizedOperation", "Allow ec2:CreateImage", "request id");
        assertThat(run.failed().result().created()).isEqualTo(2);
        assertThat(run.failed().result().failed()).isEqualTo(1);
    }

    @Test
    void partialFailureMayBeUnstable() {
        List<String> ids = world.instances(2);
        world.aws
                .faults()
                .add(Fault.on("CreateImage")
                        .where("InstanceId", ids.get(1))
                        .always()
                        .deny());
        BackupResult result = run(BackupWorld.request("daily").onPartialFailure(OnPartialFailure.UNSTABLE))
                .result();
        assertThat(result.unstableReason()).contains(ids.get(1));
    }

    @Test
    void allFailedIsNotPartial() {
        world.instances(2);
        world.aws.faults().add(Fault.on("CreateImage").always().deny());
        OperationFailure failure = run(BackupWorld.request("daily").onPartialFailure(OnPartialFailure.UNSTABLE))
                .failed()
                .failure();
        assertThat(failure.message()).startsWith("2 of 2 instances failed");
    }

    @Test
    void removesAFailedImageAndMakesItAgain() {
        world.instance("db");
        world.aws.faults().add(Fault.on("CreateImage").times(2).imageFails("Client.Broken", "no luck"));
        Run<BackupState, BackupResult> run = run(BackupWorld.request("daily"));
        InstanceResult instance = run.result().instances().get(0);
        assertThat(instance.attempts()).isEqualTo(3);
        assertThat(instance.state()).isEqualTo(State.AVAILABLE);
        assertThat(world.aws.ec2().images())
                .singleElement()
                .extracting(ImageView::state)
                .isEqualTo("available");
        assertThat(world.aws.ec2().snapshots()).hasSize(1);
        assertThat(run.log)
                .anyMatch(l -> l.contains("Client.Broken: no luck"))
                .anyMatch(l -> l.contains("attempt 2 of 3"));
    }

    @Test
    void givesUpAfterMaxAttemptsAndLeavesNoFailedImage() {
        world.instance("db");
        world.aws.faults().add(Fault.on("CreateImage").always().imageFails("no luck"));
        OperationFailure failure =
                run(BackupWorld.request("daily").maxAttempts(2)).failed().failure();
        assertThat(failure.describe()).contains("as did all 2 attempts", "no luck", "run again");
        assertThat(world.aws.ec2().images()).isEmpty();
        assertThat(world.aws.ledger().count("CreateImage")).isEqualTo(2);
    }

    @Test
    void checkFailsAtTheFirstFailedImage() {
        world.instance("db");
        world.aws.faults().add(Fault.on("CreateImage").imageFails("no luck"));
        run(BackupWorld.request("daily").statusCheck(StatusCheck.CHECK)).failed();
        assertThat(world.aws.ledger().count("CreateImage")).isEqualTo(1);
    }

    @Test
    void anInstanceTerminatedBeforeItsTurnFailsAlone() {
        List<String> ids = world.instances(2);
        Run<BackupState, BackupResult> run =
                world.start(BackupWorld.request("daily").parallelism(1));
        world.time.runUntil(world.clock.instant().plusSeconds(20));
        String second = ids.stream().sorted().toList().get(1);
        world.aws.ec2().terminateInstance(second);
        world.time.run();
        assertThat(run.failed().result().created()).isEqualTo(1);
        assertThat(run.failed().failure().message()).contains(second);
    }

    @Test
    void anInstanceTerminatedDuringItsRebootStillGetsItsImage() {
        String id = world.instance("db");
        Run<BackupState, BackupResult> run =
                world.start(BackupWorld.request("daily").reboot(true));
        world.time.runUntil(world.clock.instant().plusSeconds(5));
        world.aws.ec2().terminateInstance(id);
        world.time.run();
        assertThat(run.result().created()).isEqualTo(1);
    }

    @Test
    void anInstanceThatDoesNotComeBackStopsFurtherReboots() {
        List<String> ids = world.instances(3).stream().sorted().toList();
        world.aws
                .faults()
                .add(Fault.on("CreateImage").where("InstanceId", ids.get(0)).neverBack());
        Run<BackupState, BackupResult> run = run(BackupWorld.request("daily").reboot(true));
        assertThat(world.aws.ledger().count("CreateImage")).isEqualTo(1);
        assertThat(run.failed().result().failed()).isEqualTo(3);
        assertThat(run.failed().result().instances().get(0).error())
                .contains("did not pass its status checks within 10 minutes", "system log");
        assertThat(run.failed().result().instances().get(1).error()).contains("no other instance is to go down");
    }

    @Test
    void rebootsNoMoreInstancesAtOnceThanAllowed() {
        world.instances(6);
        run(BackupWorld.request("daily").reboot(true).rebootConcurrency(2).parallelism(6))
                .result();
        List<java.time.Instant> times = world.aws.ledger().calls("CreateImage").stream()
                .map(c -> c.time())
                .toList();
        Duration down = world.aws.settings().rebootDuration();
        for (int n = 2; n < times.size(); n++) {
            assertThat(Duration.between(times.get(n - 2), times.get(n))).isGreaterThanOrEqualTo(down);
        }
    }

    @Test
    void nothingMatchesAndTheNearMissIsNamed() {
        world.aws.ec2().runInstance(Map.of("Backup", "Yes"));
        OperationFailure failure = run(BackupWorld.request("daily")).failed().failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
        assertThat(failure.message()).contains("tags Backup=yes", "'Backup=Yes' instead of 'Backup=yes'");
    }

    @Test
    void nothingMatchesMayBeUnstableOrFine() {
        assertThat(run(BackupWorld.request("daily").ifNoInstances(IfNoInstances.UNSTABLE))
                        .result()
                        .unstableReason())
                .contains("no running or stopped instance");
        assertThat(run(BackupWorld.request("daily").ifNoInstances(IfNoInstances.SUCCEED))
                        .result()
                        .unstableReason())
                .isNull();
    }

    @Test
    void tooManyInstancesFailBeforeAnythingIsWritten() {
        world.instances(4);
        OperationFailure failure =
                run(BackupWorld.request("daily").maxInstances(3)).failed().failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION);
        assertThat(failure.message()).contains("maxInstances is 3, but 4 instances match");
        assertThat(world.aws.ledger().count("CreateImage")).isZero();
    }

    @Test
    void unknownAndTerminatedInstanceIdsFailAlone() {
        String good = world.instance("db");
        String gone = world.instance("gone");
        world.aws.ec2().terminateInstance(gone);
        String unknown = "i-0123456789abcdef0";
        Run<BackupState, BackupResult> run =
                run(BackupRequest.builder().plan("daily").instanceIds(List.of(good, gone, unknown)));
        assertThat(run.failed().result().created()).isEqualTo(1);
        assertThat(run.failed().result().failed()).isEqualTo(2);
        assertThat(run.log).anyMatch(l -> l.contains("there is no instance " + unknown));
    }

    @Test
    void excludesByTag() {
        world.instance("db");
        world.aws.ec2().runInstance(Map.of("Backup", "yes", "Temporary", "true"));
        assertThat(run(BackupWorld.request("daily").excludeTag("Temporary", "true"))
                        .result()
                        .instances())
                .hasSize(1);
    }

    @Test
    void refusesToExcludeTheRootDeviceOrAnUnknownOne() {
        world.instance("db");
        assertThat(run(BackupWorld.request("daily").excludeDevices(List.of("/dev/none")))
                        .failed()
                        .failure()
                        .message())
                .contains("excludeDevices: /dev/none is not a device of");
        assertThat(world.aws.ledger().count("CreateImage")).isZero();
    }

    @Test
    void wrongCredentialsFailAtOnceWithWhatToDo() {
        world.instance("db");
        world.aws
                .faults()
                .add(Fault.on("GetCallerIdentity")
                        .error("InvalidClientTokenId", "The security token included in the request is invalid.", 403));
        OperationFailure failure = run(BackupWorld.request("daily")).failed().failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure.describe()).contains("InvalidClientTokenId", "check the access key");
    }

    @Test
    void anAwsThatIsDownIsGivenUpBeforeAnythingBegan() {
        world.instance("db");
        world.aws.faults().add(Fault.on("DescribeInstances").always().serverError(false));
        OperationFailure failure = run(BackupWorld.request("daily")).failed().failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    }

    @Test
    void stoppingSaysWhatStaysInAws() {
        world.instances(2);
        Run<BackupState, BackupResult> run =
                world.start(BackupWorld.request("daily").parallelism(1));
        world.time.runUntil(world.clock.instant().plusSeconds(10));
        run.cancel("aborted by operator");
        world.time.run();
        OperationFailure failure = run.failed().failure();
        String image = world.aws.ec2().images().get(0).imageId();
        assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
        assertThat(failure.describe()).contains("aborted by operator", image, "is still being made", "next run counts");
        assertThat(run.failed().result().instances())
                .extracting(InstanceResult::state)
                .containsOnly(State.CANCELLED);
    }

    @Test
    void stoppingFreesTheLockForTheNext() {
        world.instance("db");
        Run<BackupState, BackupResult> first =
                world.start(BackupWorld.request("daily").reboot(true));
        Run<BackupState, BackupResult> second =
                world.start(BackupWorld.request("weekly").reboot(true));
        world.time.runUntil(world.clock.instant().plusSeconds(10));
        first.cancel("aborted");
        world.time.run();
        assertThat(second.result().created()).isEqualTo(1);
    }

    @Test
    void deprecatesAndTagsAndDescribesAsAsked() {
        String id = world.instance("db");
        run(BackupWorld.request("daily")
                        .deprecateAfterDays(3)
                        .imageTag("Team", "ops")
                        .description("nightly"))
                .result();
        ImageView image = world.aws.ec2().images().get(0);
        assertThat(image.deprecationTime()).isNotNull();
        assertThat(image.description()).isEqualTo("nightly");
        assertThat(image.tags())
                .containsEntry("Team", "ops")
                .containsEntry("Backup", "yes")
                .containsEntry("aws-operations:instance", id)
                .containsEntry("aws-operations:job", "backup/daily")
                .containsKey("aws-operations:plan:daily");
        assertThat(world.aws.ec2().snapshots())
                .allSatisfy(s -> assertThat(s.tags()).containsEntry("Team", "ops"));
    }

    @Test
    void badInputIsNamedFieldByField() {
        assertThatThrownBy(() -> BackupRequest.builder()
                        .plan("no spaces")
                        .generations(1001)
                        .retentionDays(0)
                        .imageName("${nope}")
                        .maxAttempts(11)
                        .parallelism(0)
                        .imageTag("aws:x", "y")
                        .instanceIds(List.of("web-1"))
                        .build())
                .isInstanceOf(OperationException.class)
                .hasMessageContainingAll(
                        "plan must be",
                        "generations must be 0 to 1000, not 1001",
                        "retentionDays must be",
                        "imageName has the unknown variable ${nope}",
                        "maxAttempts must be 1 to 10",
                        "parallelism must be",
                        "imageTags 'aws:x' begins with aws:",
                        "'web-1' is not an instance id",
                        "Nothing was done");
    }
}
