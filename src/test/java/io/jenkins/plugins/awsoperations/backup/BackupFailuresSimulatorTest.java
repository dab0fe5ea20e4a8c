package io.jenkins.plugins.awsoperations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.backup.BackupRequest.OnPartialFailure;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.StatusCheck;
import io.jenkins.plugins.awsoperations.backup.InstanceResult.State;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.VirtualTime.Run;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ec2.ImageView;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        assertThat(failure.message()).startsWith("2 of 2 instances failed").contains("(UnauthorizedOperation)");
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PendingSnapshotLimitExceeded",
                "ConcurrentSnapshotLimitExceeded",
                "SnapshotCreationPerVolumeRateExceeded",
                "IncorrectState"
            })
    void aBusyAccountIsNeverTakenForAnotherBackup(String code) {
        world.instance("db");
        world.aws.faults().add(Fault.on("CreateImage").always().error(code, "limit reached", 400));
        OperationFailure failure = run(BackupWorld.request("daily").onConflict(BackupRequest.OnConflict.SKIP))
                .failed()
                .failure();
        assertThat(failure.describe()).contains("AWS was busy with the instance for 60 minutes", code);
    }

    @Test
    void aFailedImageThatMayNotBeRemovedIsMadeAgainAllTheSame() {
        world.instance("db");
        world.aws.faults().add(Fault.on("CreateImage").imageFails("no luck"));
        world.aws.faults().add(Fault.on("DeregisterImage").always().deny());
        run(BackupWorld.request("daily").generations(0)).result();
        assertThat(world.aws.ledger().count("CreateImage")).isEqualTo(2);
    }

    @Test
    void aRunThatCannotSaveItsStateSendsNothingAndKeepsNoLock() {
        world.instances(2);
        Run<BackupState, BackupResult> first = world.start(BackupWorld.request("daily"));
        first.onSave(r -> {
            throw new IllegalStateException("disk full");
        });
        world.time.run();
        assertThat(first.failed().failure().message())
                .contains("2 of 2 instances failed", "could not be saved: disk full");
        assertThat(world.aws.ledger().count("CreateImage")).isZero();
        assertThat(run(BackupWorld.request("weekly")).result().created()).isEqualTo(2);
    }

    @Test
    void aBrokenReadIsMadeOnceForAllInstances() {
        world.instances(20);
        world.start(BackupWorld.request("daily").parallelism(20).generations(0));
        world.time.runUntil(BackupWorld.START.plusSeconds(1));
        world.aws.faults().add(Fault.on("DescribeImages").times(300).serverError(false));
        world.time.run();
        assertThat(world.aws.ledger().calls("DescribeImages").stream()
                        .collect(Collectors.groupingBy(Call::time, Collectors.counting()))
                        .values())
                .allMatch(calls -> calls <= 3);
    }

    @Test
    void aRestartWithCredentialsThatNoLongerWorkSaysWhatStays() {
        world.instance("db");
        Run<BackupState, BackupResult> run = world.start(BackupWorld.request("daily"));
        world.time.runUntil(world.clock.instant().plusSeconds(10));
        world.newProcess().accept(run);
        world.aws
                .faults()
                .add(Fault.on("GetCallerIdentity")
                        .error("InvalidClientTokenId", "The security token included in the request is invalid.", 403));
        world.time.run();
        assertThat(run.failed().failure().message())
                .contains("in AWS stays", world.aws.ec2().images().get(0).imageId());
    }

    @Test
    void aRoleThatMayNotBeAssumedIsNamed() {
        world.sessionName("build-1");
        world.aws.faults().add(Fault.on("AssumeRole").always().deny());
        OperationFailure failure = run(BackupWorld.request("daily")).failed().failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.ACCESS_DENIED);
        assertThat(failure.remedy()).contains("Allow sts:AssumeRole", "trust policy");
    }

    @Test
    void whatAwsRefusesAfterOtherImagesIsNotCalledBadInput() {
        List<String> ids = world.instances(2);
        world.aws
                .faults()
                .add(Fault.on("CreateImage")
                        .where("InstanceId", ids.get(1))
                        .always()
                        .error("InvalidParameterValue", "bad", 400));
        Run<BackupState, BackupResult> run = run(BackupWorld.request("daily"));
        assertThat(run.failed().result().created()).isEqualTo(1);
        assertThat(run.failed().failure().kind()).isEqualTo(FailureKind.REMOTE_FAILED);
    }

    @Test
    void stoppingWhileAFailedImageIsRemovedSaysThatItFailed() {
        world.instance("db");
        world.aws.faults().add(Fault.on("CreateImage").imageFails("no luck"));
        world.aws.faults().add(Fault.on("DeregisterImage").always().throttle());
        Run<BackupState, BackupResult> run = world.start(BackupWorld.request("daily"));
        world.time.runUntil(world.clock.instant().plusSeconds(200));
        run.cancel("aborted");
        world.time.run();
        assertThat(run.failed().failure().message()).contains("is failed and still to be removed");
    }
}
