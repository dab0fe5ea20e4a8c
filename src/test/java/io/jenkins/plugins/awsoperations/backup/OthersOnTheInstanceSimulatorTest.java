package io.jenkins.plugins.awsoperations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.backup.BackupRequest.OnConflict;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An instance that something else than a backup has locked, and a state that is picked up in another account. */
class OthersOnTheInstanceSimulatorTest {

    private final BackupWorld world = new BackupWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void skipWaitsForALockThatIsNoBackup() {
        world.instance("web");
        world.locks = new LockedByADeployment(BackupWorld.START.plus(Duration.ofMinutes(5)));
        var run = world.start(BackupWorld.request("daily").onConflict(OnConflict.SKIP));
        world.time.run();
        assertThat(run.result().created()).isEqualTo(1);
        assertThat(run.log)
                .anySatisfy(line -> assertThat(line).contains("waits for deploy #5, which has locked this instance"));
    }

    @Test
    void failSaysWhoHasLockedIt() {
        world.instance("web");
        world.locks = new LockedByADeployment(Instant.MAX);
        var run = world.start(BackupWorld.request("daily").onConflict(OnConflict.FAIL));
        world.time.run();
        assertThat(run.failed().failure().message()).contains("deploy #5 has locked this instance now");
        assertThat(world.aws.ledger().count("CreateImage")).isZero();
    }

    @Test
    void aStateThatIsPickedUpInAnotherAccountIsLeftAlone() {
        world.instance("web");
        var run = world.start(BackupWorld.request("daily"));
        world.time.runUntil(BackupWorld.START.plus(Duration.ofSeconds(20)));
        int calls = world.aws.ledger().calls().size();
        run.betweenPolls(state -> {
            BackupState other = state.copy();
            other.accountId = "999999999999";
            return other;
        });
        world.time.run();
        assertThat(run.failed().failure().kind()).isEqualTo(FailureKind.CONFIGURATION);
        assertThat(run.failed().failure().message())
                .startsWith("began in the account 999999999999, but the credentials are now those of 123456789012;"
                        + " in AWS stays the image ami-");
        assertThat(world.aws.ledger().calls()).hasSize(calls);
    }

    /** Locked until an instant of the world's clock. */
    private final class LockedByADeployment implements ExclusiveAccess {

        private final Instant until;

        LockedByADeployment(Instant until) {
            this.until = until;
        }

        @Override
        public Answer tryAcquire(String resource, Claim claim, Runnable onTurn) {
            return world.clock.instant().isBefore(until)
                    ? new Answer.Waiting("deploy #5", 0, false)
                    : new Answer.Granted();
        }

        @Override
        public boolean holds(String resource, Claim claim) {
            return !world.clock.instant().isBefore(until);
        }

        @Override
        public void release(String resource, Claim claim) {
            // nothing is kept
        }
    }
}
