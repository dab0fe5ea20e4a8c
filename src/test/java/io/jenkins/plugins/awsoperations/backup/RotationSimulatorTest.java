package io.jenkins.plugins.awsoperations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.backup.BackupRequest.StatusCheck;
import io.jenkins.plugins.awsoperations.backup.InstanceResult.State;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.VirtualTime.Run;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ec2.ImageSpec;
import io.jenkins.plugins.awsoperations.simulator.ec2.ImageView;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What rotation deletes, what it keeps, and what it remembers. */
class RotationSimulatorTest {

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
    void noneIsContentWithAnAcceptedImageAndRotatesOnlyAvailableOnes() {
        String id = world.instance("db");
        old(id, "a", 1);
        old(id, "b", 2);
        BackupResult result = run(BackupWorld.request("daily").generations(1).statusCheck(StatusCheck.NONE))
                .result();
        assertThat(result.instances().get(0).state()).isEqualTo(State.PENDING);
        assertThat(result.deleted()).isEqualTo(1);
        assertThat(world.aws.ec2().images().stream().map(ImageView::name))
                .contains("old-a")
                .doesNotContain("old-b");
    }

    @Test
    void rotationThatIsDeniedIsSeenAndLosesNothing() {
        String id = world.instance("db");
        old(id, "a", 1);
        world.aws.faults().add(Fault.on("DeregisterImage").always().deny());
        Run<BackupState, BackupResult> run = run(BackupWorld.request("daily").generations(1));
        assertThat(run.failed().failure().describe()).contains("Allow ec2:DeregisterImage", "stays");
        assertThat(world.aws.ec2().images()).hasSize(2);
    }

    @Test
    void neverDeletesWhatIsInUseProtectedOrMarked() {
        String id = world.instance("db");
        String launched = old(id, "launched", 1);
        String template = old(id, "template", 2);
        String isProtected = old(id, "protected", 3);
        String marked = old(id, "marked", 4);
        String free = old(id, "free", 5);
        world.aws.ec2().imageReference(launched, "ec2:Instance", "arn:aws:ec2:::instance/i-1");
        world.aws.ec2().imageReference(template, "ec2:LaunchTemplate", "arn:aws:ec2:::launch-template/lt-1");
        world.aws.ec2().protectImage(isProtected);
        tag(marked, "aws-operations:keep", "");
        Run<BackupState, BackupResult> run = run(BackupWorld.request("daily").generations(1));
        assertThat(run.result().instances().get(0).deleted()).containsExactly(free);
        assertThat(run.log)
                .anyMatch(l -> l.contains(launched) && l.contains("in use by arn:aws:ec2:::instance/i-1"))
                .anyMatch(l -> l.contains(template) && l.contains("launch-template/lt-1"))
                .anyMatch(l -> l.contains(isProtected) && l.contains("deregistration protection"));
    }

    @Test
    void aSnapshotThatCannotBeDeletedIsRememberedAndTriedAgain() {
        String id = world.instance("db");
        String first = old(id, "a", 1);
        String snapshot = world.aws.ec2().image(first).snapshotIds().get(0);
        world.aws
                .faults()
                .add(Fault.on("DeregisterImage").where("ImageId", first).snapshotDeleteResult("internal-error"));
        Run<BackupState, BackupResult> run = run(BackupWorld.request("daily").generations(1));
        String second = run.result().instances().get(0).imageId();
        assertThat(world.aws.ec2().image(second).tags()).containsEntry("aws-operations:leftover-snapshots", snapshot);

        world.clock.advance(Duration.ofHours(23));
        Run<BackupState, BackupResult> next = run(BackupWorld.request("daily").generations(1));
        assertThat(next.log).anyMatch(l -> l.contains("deleted snapshot " + snapshot));
        assertThat(world.aws.ec2().snapshots()).hasSize(1);
        String third = next.result().instances().get(0).imageId();
        assertThat(world.aws.ec2().image(third).tags()).doesNotContainKey("aws-operations:leftover-snapshots");
    }

    @Test
    void aSnapshotInUseByAnotherImageStaysUntilThatGoes() {
        String id = world.instance("db");
        String first = old(id, "a", 1);
        String other = world.aws.ec2().addImage(ImageSpec.named("copy"));
        String snapshot = world.aws.ec2().image(first).snapshotIds().get(0);
        world.aws.ec2().shareSnapshot(snapshot, other);
        run(BackupWorld.request("daily").generations(1)).result();
        world.clock.advance(Duration.ofHours(23));
        Run<BackupState, BackupResult> next = run(BackupWorld.request("daily").generations(1));
        assertThat(next.log).anyMatch(l -> l.contains(snapshot + " still cannot be deleted"));
        String newest = next.result().instances().get(0).imageId();
        assertThat(world.aws.ec2().image(newest).tags()).containsEntry("aws-operations:leftover-snapshots", snapshot);
        assertThat(world.aws.ec2().images().stream()
                        .filter(i -> i.tags().containsKey("aws-operations:leftover-snapshots")))
                .hasSize(1);
    }

    @Test
    void aDryRunWritesNothingAndProvesPermissions() {
        String id = world.instance("db");
        String kept = old(id, "a", 1);
        String goes = old(id, "b", 2);
        Run<BackupState, BackupResult> run =
                run(BackupWorld.request("daily").generations(2).dryRun(true));
        assertThat(run.result().instances().get(0).state()).isEqualTo(State.PLANNED);
        assertThat(run.result().deleted()).isZero();
        assertThat(run.log)
                .anyMatch(l -> l.contains("would keep") && l.contains(kept))
                .anyMatch(l -> l.contains("would delete") && l.contains(goes));
        assertThat(world.aws.ec2().images()).hasSize(2);
        assertThat(world.aws.ledger().calls("CreateImage"))
                .allMatch(c -> c.outcome().equals("DryRunOperation"));

        world.aws.faults().add(Fault.on("CreateImage").deny());
        assertThat(run(BackupWorld.request("daily").dryRun(true))
                        .failed()
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.ACCESS_DENIED);
    }

    @Test
    void timesOutAndKeepsTheImage() {
        String id = world.instance("db");
        old(id, "a", 1);
        world.aws.faults().add(Fault.on("CreateImage").slow(Duration.ofHours(5)));
        Run<BackupState, BackupResult> run =
                run(BackupWorld.request("daily").generations(1).timeoutMinutes(30));
        assertThat(run.failed().failure().kind()).isEqualTo(FailureKind.TIMED_OUT);
        assertThat(run.failed().failure().message())
                .contains(
                        "not done within 30 minutes",
                        run.failed().result().instances().get(0).imageId());
        assertThat(world.aws.ec2().images()).hasSize(2);
    }

    private String old(String instanceId, String name, int daysOld) {
        return world.aws
                .ec2()
                .addImage(ImageSpec.named("old-" + name)
                        .sourceInstance(instanceId)
                        .createdAt(world.clock.instant().minus(Duration.ofDays(daysOld)))
                        .tags(Map.of(
                                "aws-operations:run",
                                "oldrun" + daysOld,
                                "aws-operations:instance",
                                instanceId,
                                "aws-operations:plan:daily",
                                "old")));
    }

    private void tag(String imageId, String key, String value) {
        world.connection()
                .ec2()
                .createTags(r -> r.resources(imageId)
                        .tags(software.amazon.awssdk.services.ec2.model.Tag.builder()
                                .key(key)
                                .value(value)
                                .build()));
    }
}
