package io.jenkins.plugins.awsoperations.jenkins.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.jenkins.lock.LockQueues.Place;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess.Claim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is told to try, and whom the others wait for. */
class LockQueuesTest {

    private static final String RESOURCE = "ec2-backup/1/r/i-1";

    private final LockQueues queues = new LockQueues();
    private final List<String> woken = new ArrayList<>();

    @Test
    void theFirstMayTryAndTheOthersWaitForIt() {
        assertThat(join("a", 1)).isEqualTo(new Place(true, claim("a", 1), 0));
        assertThat(join("b", 2)).isEqualTo(new Place(false, claim("a", 1), 0));
        assertThat(join("c", 3)).isEqualTo(new Place(false, claim("a", 1), 1));
    }

    @Test
    void theHolderIsNotCountedAmongThoseBefore() {
        join("a", 1);
        queues.holds(RESOURCE, claim("a", 1));

        assertThat(join("b", 2)).isEqualTo(new Place(false, claim("a", 1), 0));
        assertThat(join("c", 3)).isEqualTo(new Place(false, claim("a", 1), 1));
    }

    @Test
    void whoHasWaitedLongestIsWokenEvenIfItAskedLast() {
        join("a", 1);
        queues.holds(RESOURCE, claim("a", 1));
        join("c", 3);
        join("b", 2);

        queues.leave(RESOURCE, claim("a", 1)).run();

        assertThat(woken).containsExactly("b");
    }

    @Test
    void whoLeavesTheQueueIsNotWoken() {
        join("a", 1);
        queues.holds(RESOURCE, claim("a", 1));
        join("b", 2);

        assertThat(queues.leave(RESOURCE, claim("b", 2))).isNull();
        assertThat(queues.leave(RESOURCE, claim("a", 1))).isNull();
        assertThat(queues.claims("a/")).isEmpty();
    }

    @Test
    void aHolderThatLostTheResourceWaitsAtItsOldPlace() {
        join("a", 1);
        queues.holds(RESOURCE, claim("a", 1));
        join("b", 2);

        queues.lost(RESOURCE, claim("a", 1));

        assertThat(join("a", 1).first()).isTrue();
        assertThat(join("b", 2).first()).isFalse();
    }

    @Test
    void theClaimsOfOneStepAreFoundByItsToken() {
        join("token1/i-1", 1);
        join("token2/i-1", 2);

        assertThat(queues.claims("token2/")).containsOnly(Map.entry(RESOURCE, claim("token2/i-1", 2)));
    }

    private Place join(String id, int second) {
        return queues.join(RESOURCE, claim(id, second), () -> woken.add(id));
    }

    private static Claim claim(String id, int second) {
        return new Claim(id, "job " + id, Instant.ofEpochSecond(second));
    }
}
