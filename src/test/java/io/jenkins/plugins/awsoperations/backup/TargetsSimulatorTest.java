package io.jenkins.plugins.awsoperations.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awsoperations.backup.BackupRequest.IfNoInstances;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.VirtualTime.Run;
import io.jenkins.plugins.awsoperations.simulator.ec2.InstanceSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which instances a request means, and what is refused before anything is written. */
class TargetsSimulatorTest {

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

    @Test
    void aDescriptionThatAwsDoesNotTakeIsRefusedFirst() {
        assertThat(BackupWorld.request("daily").description("日次バックアップ").problems())
                .singleElement()
                .hasToString("description has characters beyond ASCII, which AWS does not take there");
    }

    @Test
    void noHintIsLookedUpWhenNobodyWantsIt() {
        run(BackupWorld.request("daily").ifNoInstances(IfNoInstances.SUCCEED)).result();
        assertThat(world.aws.ledger().count("DescribeTags")).isZero();
    }

    @Test
    void aTerminatedInstanceFailsAloneThoughItHasNoDevicesToExclude() {
        String good = world.aws
                .ec2()
                .runInstance(InstanceSpec.running().tag("Name", "a").volume("/dev/sdf"));
        String gone = world.instance("gone");
        world.aws.ec2().terminateInstance(gone);
        Run<BackupState, BackupResult> run = run(BackupRequest.builder()
                .plan("daily")
                .instanceIds(List.of(good, gone))
                .excludeDevices(List.of("/dev/sdf")));
        assertThat(run.failed().result().created()).isEqualTo(1);
    }
}
