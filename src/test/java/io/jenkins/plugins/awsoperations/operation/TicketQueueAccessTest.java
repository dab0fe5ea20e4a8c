package io.jenkins.plugins.awsoperations.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess.Answer.Granted;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess.Answer.Waiting;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess.Claim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicketQueueAccessTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private final TicketQueueAccess access = new TicketQueueAccess();
    private final List<String> woken = new ArrayList<>();

    private ExclusiveAccess.Answer ask(String id, int second) {
        return access.tryAcquire("r", claim(id, second), () -> woken.add(id));
    }

    private static Claim claim(String id, int second) {
        return new Claim(id, "job " + id, NOON.plusSeconds(second));
    }

    @Test
    void grantsTheFreeResourceAndGrantsItAgainToItsHolder() {
        assertThat(ask("a", 0)).isInstanceOf(Granted.class);
        assertThat(ask("a", 0)).isInstanceOf(Granted.class);
        assertThat(access.holds("r", claim("a", 0))).isTrue();
    }

    @Test
    void tellsWhoHoldsItAndHowManyAreBefore() {
        ask("a", 0);
        ask("b", 1);
        assertThat(ask("c", 2)).isEqualTo(new Waiting("job a", 1, true));
    }

    @Test
    void wakesTheOneWhoWaitsLongestWhateverTheOrderOfAsking() {
        ask("a", 0);
        ask("c", 2);
        ask("b", 1);
        access.release("r", claim("a", 0));
        assertThat(woken).containsExactly("b");
        assertThat(ask("c", 2)).isInstanceOf(Waiting.class);
        assertThat(ask("b", 1)).isInstanceOf(Granted.class);
    }

    @Test
    void leavingTheQueueLetsTheNextOneThrough() {
        ask("a", 0);
        ask("b", 1);
        ask("c", 2);
        access.release("r", claim("b", 1));
        access.release("r", claim("a", 0));
        assertThat(ask("c", 2)).isInstanceOf(Granted.class);
    }

    @Test
    void aStrangerCannotReleaseIt() {
        ask("a", 0);
        access.release("r", claim("z", 9));
        assertThat(access.holds("r", claim("a", 0))).isTrue();
    }
}
