package io.jenkins.plugins.awsoperations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.ExamplePolicy;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ec2.ImageSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The policy that users copy allows what a backup calls, and nothing that it never calls. */
class ExamplePolicySimulatorTest {

    /** EC2 checks these itself when it looks for references to an image. */
    private static final Set<String> CHECKED_BY_EC2 =
            Set.of("ec2:DescribeLaunchTemplates", "ec2:DescribeLaunchTemplateVersions");

    @Test
    void allowsEveryActionOfABackupAndNoOther() throws IOException {
        Set<String> called;
        try (BackupWorld world = new BackupWorld()) {
            everythingThatABackupDoes(world);
            called = world.aws.ledger().calls().stream()
                    .filter(c -> c.service().equals("ec2"))
                    .map(Call::action)
                    .map(action -> "ec2:" + action)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        called.addAll(CHECKED_BY_EC2);
        assertThat(ExamplePolicy.actions("ec2-backup.json")).isEqualTo(called);
    }

    private static void everythingThatABackupDoes(BackupWorld world) {
        world.start(BackupWorld.request("none"));
        world.time.run();
        String id = world.instance("db");
        String old = world.aws
                .ec2()
                .addImage(ImageSpec.named("old")
                        .sourceInstance(id)
                        .createdAt(world.clock.instant().minus(Duration.ofDays(1)))
                        .tags(Map.of(
                                "aws-operations:run", "oldrun",
                                "aws-operations:instance", id,
                                "aws-operations:plan:daily", "old")));
        world.aws
                .faults()
                .add(Fault.on("DeregisterImage").where("ImageId", old).snapshotDeleteResult("internal-error"));
        for (int night = 0; night < 3; night++) {
            world.succeed(
                    BackupWorld.request("daily").reboot(true).generations(2).deprecateAfterDays(1));
            world.clock.advance(Duration.ofHours(23));
        }
    }
}
