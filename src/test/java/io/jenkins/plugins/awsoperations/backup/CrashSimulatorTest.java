package io.jenkins.plugins.awsoperations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.operation.VirtualTime.Crash;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.ec2.ImageSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is lost on the way, the images that should be made are made, once. */
class CrashSimulatorTest {

    private static final int INSTANCES = 3;

    @Test
    void theStateMayBeWrittenAndReadBetweenAnyTwoPolls() {
        List<String> straight;
        Object result;
        try (BackupWorld world = populated()) {
            VirtualTime.Run<BackupState, BackupResult> run = world.start(request());
            world.time.run();
            straight = calls(world);
            result = withoutIds(run.result().toMap());
        }
        try (BackupWorld world = populated()) {
            VirtualTime.Run<BackupState, BackupResult> run =
                    world.start(request()).betweenPolls(BackupWorld::throughBytes);
            world.time.run();
            assertThat(calls(world)).isEqualTo(straight);
            assertThat(withoutIds(run.result().toMap())).isEqualTo(result);
            assertThat(run.polls()).isGreaterThan(10);
        }
    }

    @Test
    void aNewProcessBetweenAnyTwoPollsMakesTheSameCalls() {
        List<String> straight;
        try (BackupWorld world = populated()) {
            world.start(request());
            world.time.run();
            straight = calls(world);
        }
        try (BackupWorld world = populated()) {
            VirtualTime.Run<BackupState, BackupResult> run = world.start(request());
            run.betweenPolls(state -> {
                world.newProcess().accept(run);
                return BackupWorld.throughBytes(state);
            });
            world.time.run();
            assertThat(run.result().created()).isEqualTo(INSTANCES);
            assertThat(calls(world)).isEqualTo(straight);
        }
    }

    /** A crash at each save in turn: the intent is written down, and the call is not made. */
    @Test
    void aCrashBeforeAnyWriteLosesAndDoublesNothing() {
        int saves = savesOfACleanRun();
        assertThat(saves).isGreaterThanOrEqualTo(2 * INSTANCES);
        for (int crashAt = 1; crashAt <= saves; crashAt++) {
            int at = crashAt;
            try (BackupWorld world = populated()) {
                VirtualTime.Run<BackupState, BackupResult> run = world.start(request());
                run.onCrash(world.newProcess());
                run.onSave(r -> {
                    if (r.saves() == at) {
                        throw new Crash();
                    }
                });
                world.time.run();
                assertComplete(world, run, "crash before write " + at);
            }
        }
    }

    /** A crash after each poll in turn: what it wrote to AWS is done, and what it learnt is lost. */
    @Test
    void aCrashAfterAnyPollLosesAndDoublesNothing() {
        int polls;
        try (BackupWorld world = populated()) {
            VirtualTime.Run<BackupState, BackupResult> run = world.start(request());
            world.time.run();
            polls = run.polls();
        }
        for (int crashAt = 1; crashAt < polls; crashAt++) {
            int at = crashAt;
            try (BackupWorld world = populated()) {
                VirtualTime.Run<BackupState, BackupResult> run = world.start(request());
                run.onCrash(world.newProcess());
                run.afterPoll(r -> {
                    if (r.polls() == at && !r.ended()) {
                        r.crash();
                    }
                });
                world.time.run();
                assertComplete(world, run, "crash after poll " + at);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void adoptsItsOwnImageAfterALostReply(int skip) {
        try (BackupWorld world = populated()) {
            world.aws.faults().add(Fault.on("CreateImage").skip(skip).loseReply());
            VirtualTime.Run<BackupState, BackupResult> run = world.start(request());
            world.time.run();
            assertComplete(world, run, "lost reply");
            assertThat(world.aws.ledger().count("CreateImage")).isEqualTo(INSTANCES);
            assertThat(run.log).anyMatch(line -> line.contains("adopts ami-"));
        }
    }

    @Test
    void adoptsAfterALostReplyEvenWhenAwsShowsTheImageLate() {
        try (BackupWorld world = populated()) {
            world.aws.settings(world.aws.settings().with(s -> s.consistencyDelay(Duration.ofSeconds(45))));
            world.aws.faults().add(Fault.on("CreateImage").loseReply());
            VirtualTime.Run<BackupState, BackupResult> run =
                    world.start(request().generations(0));
            world.time.run();
            assertThat(run.result().created()).isEqualTo(INSTANCES);
            assertThat(newImages(world)).isEqualTo(INSTANCES);
            assertThat(world.aws.ledger().calls("CreateImage").stream().map(Call::outcome))
                    .as("it was sent again under the same name, which AWS refused")
                    .contains("InvalidAMIName.Duplicate");
        }
    }

    @Test
    void sendsAgainWhenTheRequestItselfWasLost() {
        try (BackupWorld world = populated()) {
            world.aws.faults().add(Fault.on("CreateImage").times(2).loseRequest());
            VirtualTime.Run<BackupState, BackupResult> run = world.start(request());
            world.time.run();
            assertComplete(world, run, "lost request");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void survivesAServerErrorBeforeAndAfterTheEffect(boolean afterEffect) {
        try (BackupWorld world = populated()) {
            world.aws.faults().add(Fault.on("CreateImage").times(2).serverError(afterEffect));
            VirtualTime.Run<BackupState, BackupResult> run = world.start(request());
            world.time.run();
            assertComplete(world, run, "server error");
        }
    }

    @Test
    void losingAnyReplyOfAnyCallChangesNothing() {
        int total;
        try (BackupWorld world = populated()) {
            world.start(request());
            world.time.run();
            total = world.aws.ledger().calls().size();
        }
        for (int lost = 0; lost < total; lost++) {
            try (BackupWorld world = populated()) {
                world.aws.faults().add(Fault.on("*").skip(lost).loseReply());
                VirtualTime.Run<BackupState, BackupResult> run = world.start(request());
                world.time.run();
                assertComplete(world, run, "lost reply " + lost);
            }
        }
    }

    private static int savesOfACleanRun() {
        try (BackupWorld world = populated()) {
            VirtualTime.Run<BackupState, BackupResult> run = world.start(request());
            world.time.run();
            return run.saves();
        }
    }

    /** Instances that have their two generations, so that each run deletes one image of each. */
    private static BackupWorld populated() {
        BackupWorld world = new BackupWorld();
        for (String id : world.instances(INSTANCES)) {
            for (int g = 1; g <= 2; g++) {
                world.aws
                        .ec2()
                        .addImage(ImageSpec.named("old-" + g + "-" + id)
                                .sourceInstance(id)
                                .createdAt(BackupWorld.START.minus(Duration.ofDays(g)))
                                .tags(Map.of(
                                        "aws-operations:run", "oldrun" + g,
                                        "aws-operations:instance", id,
                                        "aws-operations:plan:daily", "2024-04-0" + g)));
            }
        }
        return world;
    }

    private static BackupRequestBuilder request() {
        return BackupWorld.request("daily").generations(2).parallelism(2);
    }

    private static void assertComplete(BackupWorld world, VirtualTime.Run<BackupState, BackupResult> run, String what) {
        assertThat(run.result().created()).as(what).isEqualTo(INSTANCES);
        assertThat(newImages(world)).as(what).isEqualTo(INSTANCES);
        assertThat(world.aws.ec2().images()).as(what).hasSize(2 * INSTANCES);
        assertThat(world.aws.ec2().snapshots()).as(what).hasSize(2 * INSTANCES);
    }

    private static long newImages(BackupWorld world) {
        return world.aws.ec2().images().stream()
                .filter(i -> i.tags().getOrDefault("aws-operations:run", "").startsWith("token"))
                .count();
    }

    private static List<String> calls(BackupWorld world) {
        return world.aws.ledger().calls().stream()
                .map(c -> c.time() + " " + c.action() + " " + c.parameters() + " " + c.outcome())
                .filter(c -> !c.contains("GetCallerIdentity"))
                .toList();
    }

    private static Map<String, Object> withoutIds(Map<String, Object> result) {
        return new TreeMap<>(result);
    }
}
