package io.jenkins.plugins.awsoperations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import io.jenkins.plugins.awsoperations.simulator.ec2.ImageView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The story of the first seed: several jobs back up the same instances in the same second, and all succeed. */
class ConcurrentBackupsSimulatorTest {

    /** Every call that a backup without rotation makes, when all goes well. */
    private static final Set<String> NEEDED =
            Set.of("GetCallerIdentity", "DescribeInstances", "CreateImage", "DescribeImages", "DescribeInstanceStatus");

    @Test
    void survivesTheTwoErrorsOfTheArticleInTheirOrder() {
        try (BackupWorld world = new BackupWorld()) {
            String instance = world.instance("test-ec2");
            String otherJobsImage = world.aws
                    .ec2()
                    .addImage(io.jenkins.plugins.awsoperations.simulator.ec2.ImageSpec.named(
                            instance + "_2024-04-10_0945"));
            world.aws
                    .faults()
                    .add(Fault.on("CreateImage")
                            .times(6)
                            .error(
                                    "InvalidAMIName.Duplicate",
                                    "AMI name ${Name} is already in use by AMI " + otherJobsImage,
                                    400));
            world.aws
                    .faults()
                    .add(Fault.on("CreateImage")
                            .times(4)
                            .error(
                                    "InvalidRequest",
                                    "Another CreateImage operation is in progress on this instance. While the instance is rebooting"
                                            + " during this operation, only one CreateImage operation can be in progress. Wait until"
                                            + " the instance has rebooted, and then try again",
                                    400));

            BackupResult result =
                    world.succeed(BackupWorld.request("weekly").reboot(true).maxAttempts(1));

            assertThat(result.created()).isEqualTo(1);
            assertThat(result.instances().get(0).attempts()).isEqualTo(1);
            assertThat(world.aws.ledger().calls("CreateImage").stream().map(Call::outcome))
                    .containsExactly(
                            "InvalidAMIName.Duplicate",
                            "InvalidAMIName.Duplicate",
                            "InvalidAMIName.Duplicate",
                            "InvalidAMIName.Duplicate",
                            "InvalidAMIName.Duplicate",
                            "InvalidAMIName.Duplicate",
                            "InvalidRequest",
                            "InvalidRequest",
                            "InvalidRequest",
                            "InvalidRequest",
                            "OK");
        }
    }

    @ParameterizedTest(name = "{0} jobs over {1} instances, reboot {2}, locks {3}")
    @CsvSource({
        "2, 1, true, true",
        "2, 1, false, true",
        "2, 3, true, true",
        "20, 1, true, true",
        "20, 10, false, true",
        "2, 1, true, false",
        "20, 1, true, false",
        "20, 10, false, false"
    })
    void oneImageForEachJobAndInstance(int jobs, int instances, boolean reboot, boolean locks) {
        try (BackupWorld world = new BackupWorld()) {
            if (!locks) {
                world.locks = ExclusiveAccess.none();
            }
            List<String> ids = world.instances(instances);
            List<VirtualTime.Run<BackupState, BackupResult>> runs = new ArrayList<>();
            for (int job = 0; job < jobs; job++) {
                runs.add(world.start(
                        BackupWorld.request("plan-" + job).reboot(reboot).rebootConcurrency(10)));
            }
            world.time.run();

            assertThat(runs)
                    .allSatisfy(run -> assertThat(run.result().created()).isEqualTo(instances));
            for (String id : ids) {
                for (int job = 0; job < jobs; job++) {
                    assertThat(imagesOf(world, id, "plan-" + job)).hasSize(1);
                }
            }
            long accepted = world.aws.ledger().calls("CreateImage").stream()
                    .filter(c -> c.outcome().equals("OK"))
                    .count();
            assertThat(accepted).isEqualTo((long) jobs * instances);
            if (locks && reboot) {
                assertThat(world.aws.ledger().count("CreateImage")).isEqualTo(jobs * instances);
            }
        }
    }

    @Test
    void makesNoCallThatIsNotNeeded() {
        try (BackupWorld world =
                new BackupWorld(SimulatorSettings.defaults().with(s -> s.imageDuration(Duration.ofSeconds(60))))) {
            world.instances(3);
            world.succeed(BackupWorld.request("daily").generations(0));
            Map<String, Long> calls = world.aws.ledger().calls().stream()
                    .collect(Collectors.groupingBy(Call::action, Collectors.counting()));
            assertThat(calls)
                    .containsEntry("GetCallerIdentity", 1L)
                    .containsEntry("DescribeInstances", 1L)
                    .containsEntry("CreateImage", 3L)
                    .containsOnlyKeys("GetCallerIdentity", "DescribeInstances", "CreateImage", "DescribeImages");
            assertThat(calls.get("DescribeImages"))
                    .as("one for each round of a wait of 60 s with growing distances, for all three images")
                    .isBetween(3L, 8L);
        }
    }

    @Test
    void twentyJobsShareTheirReads() {
        try (BackupWorld world = new BackupWorld()) {
            world.instances(10);
            for (int job = 0; job < 20; job++) {
                world.start(BackupWorld.request("plan-" + job));
            }
            world.time.run();
            assertThat(world.aws.ledger().calls().stream().map(Call::action).collect(Collectors.toSet()))
                    .isSubsetOf(NEEDED);
            Map<Long, Long> perRound = world.aws.ledger().calls("DescribeImages").stream()
                    .filter(c -> c.parameters().containsKey("ImageId.1"))
                    .collect(Collectors.groupingBy(
                            c -> Math.floorDiv(c.time().toEpochMilli(), 5000L), Collectors.counting()));
            assertThat(perRound.values()).allMatch(count -> count == 1);
        }
    }

    @Test
    void jobsThatAssumeTheirRolesUnderTheirOwnNamesShareTheirReadsToo() {
        try (BackupWorld world = new BackupWorld()) {
            world.instances(5);
            for (int job = 0; job < 5; job++) {
                world.sessionName("build-" + job);
                world.start(BackupWorld.request("plan-" + job));
            }
            world.time.run();
            assertThat(world.aws.ledger().count("AssumeRole")).isEqualTo(5);
            Map<Long, Long> perRound = world.aws.ledger().calls("DescribeImages").stream()
                    .filter(c -> c.parameters().containsKey("ImageId.1"))
                    .collect(Collectors.groupingBy(
                            c -> Math.floorDiv(c.time().toEpochMilli(), 5000L), Collectors.counting()));
            assertThat(perRound.values()).allMatch(count -> count == 1);
        }
    }

    @ParameterizedTest(name = "{0} jobs over {1} instances share")
    @CsvSource({"2, 1", "20, 1", "20, 10"})
    void shareWindowMakesOneImageForEachInstance(int jobs, int instances) {
        try (BackupWorld world = new BackupWorld()) {
            List<String> ids = world.instances(instances);
            List<VirtualTime.Run<BackupState, BackupResult>> runs = new ArrayList<>();
            for (int job = 0; job < jobs; job++) {
                runs.add(world.start(BackupWorld.request("plan-" + job).shareWindowMinutes(30)));
            }
            world.time.run();

            assertThat(world.aws.ledger().count("CreateImage")).isEqualTo(instances);
            int created = runs.stream().mapToInt(r -> r.result().created()).sum();
            int shared = runs.stream()
                    .mapToInt(r -> r.result().count(InstanceResult.State.SHARED))
                    .sum();
            assertThat(created).isEqualTo(instances);
            assertThat(shared).isEqualTo((jobs - 1) * instances);
            for (String id : ids) {
                for (int job = 0; job < jobs; job++) {
                    assertThat(imagesOf(world, id, "plan-" + job)).hasSize(1);
                }
            }
        }
    }

    @Test
    void servesFirstComeFirstServed() {
        try (BackupWorld world = new BackupWorld()) {
            world.instance("db");
            List<VirtualTime.Run<BackupState, BackupResult>> runs = new ArrayList<>();
            for (int job = 0; job < 5; job++) {
                runs.add(world.start(BackupWorld.request("plan-" + job).reboot(true)));
                world.time.runUntil(world.clock.instant().plusSeconds(3));
                world.clock.advance(Duration.ofSeconds(3));
            }
            world.time.run();
            List<String> order = world.aws.ledger().calls("CreateImage").stream()
                    .map(c -> c.parameters().get("Name"))
                    .map(name -> name.replaceAll(".*(plan-\\d).*", "$1"))
                    .toList();
            assertThat(order).containsExactly("plan-0", "plan-1", "plan-2", "plan-3", "plan-4");
            assertThat(runs.get(1).log)
                    .anyMatch(line -> line.contains("waits for backup/plan-0 #1, which is backing up this instance"));
        }
    }

    @Test
    void skipsWhatAnotherJobIsDoing() {
        try (BackupWorld world = new BackupWorld()) {
            world.instance("db");
            world.start(BackupWorld.request("daily").reboot(true));
            VirtualTime.Run<BackupState, BackupResult> second =
                    world.start(BackupWorld.request("weekly").reboot(true).onConflict(BackupRequest.OnConflict.SKIP));
            world.time.run();
            InstanceResult skipped = second.result().instances().get(0);
            assertThat(skipped.state()).isEqualTo(InstanceResult.State.SKIPPED);
            assertThat(skipped.skippedReason()).contains("backup/daily #1");
            assertThat(world.aws.ledger().count("CreateImage")).isEqualTo(1);
        }
    }

    @Test
    void skipsWhatAnotherControllerIsDoing() {
        try (BackupWorld world = new BackupWorld()) {
            world.locks = ExclusiveAccess.none();
            world.instance("db");
            world.start(BackupWorld.request("daily").reboot(true));
            world.time.runUntil(world.clock.instant().plusSeconds(10));
            world.clock.advance(Duration.ofSeconds(10));
            VirtualTime.Run<BackupState, BackupResult> second =
                    world.start(BackupWorld.request("weekly").reboot(true).onConflict(BackupRequest.OnConflict.SKIP));
            world.time.run();
            assertThat(second.result().instances().get(0).skippedReason())
                    .contains("covered by ami-", "backup/daily #1");
        }
    }

    @Test
    void failsAtOnceWhenAskedTo() {
        try (BackupWorld world = new BackupWorld()) {
            world.instance("db");
            world.start(BackupWorld.request("daily").reboot(true));
            VirtualTime.Run<BackupState, BackupResult> second =
                    world.start(BackupWorld.request("weekly").reboot(true).onConflict(BackupRequest.OnConflict.FAIL));
            world.time.run();
            assertThat(second.failed().failure().message()).contains("backup/daily #1");
        }
    }

    @Test
    void givesUpWaitingAfterTheConflictTimeout() {
        try (BackupWorld world =
                new BackupWorld(SimulatorSettings.defaults().with(s -> s.rebootDuration(Duration.ofMinutes(5))))) {
            world.instance("db");
            world.start(BackupWorld.request("daily").reboot(true));
            VirtualTime.Run<BackupState, BackupResult> second =
                    world.start(BackupWorld.request("weekly").reboot(true).conflictTimeoutMinutes(2));
            world.time.run();
            assertThat(second.failed().failure().describe())
                    .contains("waited 2 minutes", "raise conflictTimeoutMinutes");
        }
    }

    @Test
    void keepsGenerationsOfEachPlanExactly() {
        try (BackupWorld world = new BackupWorld()) {
            List<String> ids = world.instances(3);
            for (int day = 0; day < 6; day++) {
                world.start(BackupWorld.request("daily").generations(4));
                world.start(BackupWorld.request("weekly").generations(2));
                world.time.run();
                world.clock.advance(Duration.ofHours(23));
                for (String id : ids) {
                    assertThat(imagesOf(world, id, "daily")).hasSize(Math.min(day + 1, 4));
                    assertThat(imagesOf(world, id, "weekly")).hasSize(Math.min(day + 1, 2));
                }
            }
            assertThat(world.aws.ec2().snapshots()).hasSize(3 * (4 + 2));
        }
    }

    @Test
    void aSharedImageGoesWhenNoPlanKeepsIt() {
        try (BackupWorld world = new BackupWorld()) {
            String id = world.instance("db");
            for (int day = 0; day < 6; day++) {
                world.start(BackupWorld.request("daily").generations(2).shareWindowMinutes(60));
                world.start(BackupWorld.request("weekly").generations(4).shareWindowMinutes(60));
                world.time.run();
                world.clock.advance(Duration.ofHours(23));
                assertThat(world.aws.ledger().count("CreateImage")).isEqualTo(day + 1);
                assertThat(world.aws.ec2().images()).hasSize(Math.min(day + 1, 4));
            }
            assertThat(serving(world, id, "daily")).hasSize(2);
            assertThat(serving(world, id, "weekly")).hasSize(4);
        }
    }

    private static List<ImageView> imagesOf(BackupWorld world, String instanceId, String plan) {
        return world.aws.ec2().images().stream()
                .filter(i -> instanceId.equals(i.sourceInstanceId()))
                .filter(i -> i.tags().containsKey("aws-operations:plan:" + plan))
                .toList();
    }

    private static List<ImageView> serving(BackupWorld world, String instanceId, String plan) {
        return imagesOf(world, instanceId, plan).stream()
                .filter(i -> !i.tags().get("aws-operations:plan:" + plan).startsWith("released"))
                .toList();
    }
}
