package io.jenkins.plugins.awsoperations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.backup.BackupRequest.StatusCheck;
import io.jenkins.plugins.awsoperations.backup.InstanceResult.State;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.operation.VirtualTime.Run;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ec2.ImageSpec;
import io.jenkins.plugins.awsoperations.simulator.ec2.ImageView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
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

    @Test
    void aNotedSnapshotThatAnotherImageHasIsNotDeletedUnderIt() {
        String id = world.instance("db");
        String theirs = world.aws.ec2().addImage(ImageSpec.named("theirs").snapshots(2));
        String data = world.aws.ec2().image(theirs).snapshotIds().get(1);
        tag(old(id, "a", 1), "aws-operations:leftover-snapshots", data);
        Run<BackupState, BackupResult> run = run(BackupWorld.request("daily").generations(1));
        assertThat(run.log).anyMatch(l -> l.contains(data + " still cannot be deleted: " + theirs + " uses it"));
        assertThat(world.aws.ec2().snapshots()).anyMatch(s -> s.snapshotId().equals(data));
    }

    @Test
    void leftoversSurviveALaterRefusal() {
        String id = world.instance("db");
        String a = old(id, "a", 1);
        String b = old(id, "b", 2);
        String snapshot = world.aws.ec2().image(a).snapshotIds().get(0);
        world.aws.faults().add(Fault.on("DeregisterImage").where("ImageId", a).snapshotDeleteResult("internal-error"));
        world.aws.faults().add(Fault.on("DeregisterImage").where("ImageId", b).deny());
        assertThat(run(BackupWorld.request("daily").generations(1))
                        .failed()
                        .failure()
                        .describe())
                .contains("Allow ec2:DeregisterImage");
        for (int night = 0; night < 2; night++) {
            world.clock.advance(Duration.ofHours(23));
            run(BackupWorld.request("daily").generations(1)).result();
        }
        assertThat(world.aws.ec2().snapshots()).noneMatch(s -> s.snapshotId().equals(snapshot));
    }

    @Test
    void aCrashDuringRotationForgetsNoLeftover() {
        String id = world.instance("db");
        String a = old(id, "a", 1);
        String b = old(id, "b", 2);
        String snapshot = world.aws.ec2().image(a).snapshotIds().get(0);
        world.aws.faults().add(Fault.on("DeregisterImage").where("ImageId", a).snapshotDeleteResult("internal-error"));
        world.aws.faults().add(Fault.on("DeregisterImage").where("ImageId", b).throttle());
        Run<BackupState, BackupResult> run =
                world.start(BackupWorld.request("daily").generations(1));
        run.onCrash(world.newProcess());
        AtomicBoolean crashed = new AtomicBoolean();
        run.afterPoll(r -> {
            if (world.aws.ledger().count("DeregisterImage") == 2 && !crashed.getAndSet(true)) {
                r.crash();
            }
        });
        world.time.run();
        assertThat(run.result().deleted()).isEqualTo(2);
        world.clock.advance(Duration.ofHours(23));
        run(BackupWorld.request("daily").generations(1)).result();
        assertThat(world.aws.ec2().snapshots()).noneMatch(s -> s.snapshotId().equals(snapshot));
    }

    @Test
    void theSnapshotsOfAFailedImageAreNamed() {
        world.instance("db");
        world.aws.faults().add(Fault.on("CreateImage").imageFails("no luck"));
        world.aws.faults().add(Fault.on("DeregisterImage").snapshotDeleteResult("internal-error"));
        String said = run(BackupWorld.request("daily").maxAttempts(1))
                .failed()
                .failure()
                .describe();
        assertThat(said).contains(world.aws.ec2().snapshots().get(0).snapshotId());
    }

    @Test
    void twoRotationsAtOnceDoNotTripOverANote() {
        String id = world.instance("db");
        world.aws.settings(world.aws
                .settings()
                .with(s -> s.imageDuration(Duration.ofSeconds(60)).concurrentNoRebootLimit(10)));
        world.aws
                .ec2()
                .addImage(ImageSpec.named("noted")
                        .sourceInstance(id)
                        .createdAt(world.clock.instant().minus(Duration.ofDays(1)))
                        .tags(Map.of(
                                "aws-operations:run", "oldrun",
                                "aws-operations:instance", id,
                                "aws-operations:plan:daily", "old",
                                "aws-operations:leftover-snapshots", "snap-0123456789abcdef0")));
        Run<BackupState, BackupResult> daily =
                world.start(BackupWorld.request("daily").generations(1));
        Run<BackupState, BackupResult> weekly =
                world.start(BackupWorld.request("weekly").generations(1));
        world.time.run();
        assertThat(daily.result().created() + weekly.result().created()).isEqualTo(2);
    }

    @Test
    void aRotationThatWasInterruptedForLongLooksAgainBeforeItDeletes() {
        String id = world.instance("db");
        old(id, "a", 1);
        String marked = old(id, "b", 2);
        Run<BackupState, BackupResult> run =
                world.start(BackupWorld.request("daily").generations(1));
        run.onCrash(world.newProcess());
        AtomicBoolean down = new AtomicBoolean();
        run.onSave(r -> {
            if (world.clock.instant().isAfter(BackupWorld.START.plusSeconds(60)) && !down.getAndSet(true)) {
                world.clock.advance(Duration.ofHours(1));
                tag(marked, "aws-operations:keep", "");
                world.clock.advance(Duration.ofMinutes(1));
                throw new VirtualTime.Crash();
            }
        });
        world.time.run();
        assertThat(run.result().instances().get(0).deleted()).doesNotContain(marked);
        assertThat(world.aws.ec2().images()).anyMatch(i -> i.imageId().equals(marked));
    }

    @Test
    void anImageThatIsNotVisibleYetIsDeprecatedAsSoonAsItIs() {
        world.instance("db");
        run(BackupWorld.request("daily").statusCheck(StatusCheck.NONE).deprecateAfterDays(3))
                .result();
        assertThat(world.aws.ec2().images().get(0).deprecationTime()).isNotNull();
    }

    @Test
    void aThrottledDryRunGoesOn() {
        world.instance("db");
        world.aws.faults().add(Fault.on("CreateImage").throttle());
        assertThat(run(BackupWorld.request("daily").dryRun(true)).result().count(State.PLANNED))
                .isEqualTo(1);
    }

    @Test
    void aSharedImageThatIsGoneIsMadeAnew() {
        world.instance("db");
        run(BackupWorld.request("daily")).result();
        String image = world.aws.ec2().images().get(0).imageId();
        world.connection().ec2().deregisterImage(r -> r.imageId(image));
        world.clock.advance(Duration.ofMinutes(10));
        assertThat(run(BackupWorld.request("weekly").shareWindowMinutes(60))
                        .result()
                        .created())
                .isEqualTo(1);
    }

    @Test
    void anImageWithoutRoomForATagIsNotShared() {
        Map<String, String> tags = new HashMap<>(Map.of("Backup", "yes"));
        for (int n = 0; n < 48; n++) {
            tags.put("t" + n, "v");
        }
        world.aws.ec2().runInstance(tags);
        for (String plan : List.of("a", "b", "c")) {
            run(BackupWorld.request(plan).shareWindowMinutes(60)).result();
        }
        assertThat(world.aws.ec2().images()).hasSizeBetween(2, 3);
    }

    @Test
    void sharingLooksForAllInstancesByOneCall() {
        world.instances(20);
        run(BackupWorld.request("daily").parallelism(20)).result();
        Run<BackupState, BackupResult> other = world.start(BackupRequest.builder()
                .tag("no", "such")
                .plan("none")
                .ifNoInstances(BackupRequest.IfNoInstances.SUCCEED));
        world.newProcess().accept(other);
        world.aws.ledger().clear();
        run(BackupWorld.request("weekly").parallelism(20).generations(0).shareWindowMinutes(60))
                .result();
        assertThat(world.aws.ledger().calls("DescribeImages").stream()
                        .filter(c -> c.parameters().containsValue("tag:aws-operations:instance")))
                .hasSize(1);
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
