package io.jenkins.plugins.awsoperations.simulator;

import edu.umd.cs.findbugs.annotations.SuppressFBWarnings;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * What the parts of one simulator share. For the simulator's own packages; clients use {@link AwsSimulator}.
 *
 * @param clock the simulated time
 * @param currentSettings the settings in force, which may be swapped at any time
 * @param faults what goes wrong
 * @param ledger where every call is written down
 * @param lock guards the state of all services
 * @param timeline what will happen by itself
 * @param seed decides all ids and all chance
 */
@SuppressFBWarnings(
        value = "EI_EXPOSE_REP",
        justification = "To share the parts is what the record is for; each is thread-safe.")
public record SimulatorParts(
        SimulatorClock clock,
        AtomicReference<SimulatorSettings> currentSettings,
        Faults faults,
        Ledger ledger,
        ReentrantLock lock,
        Timeline timeline,
        long seed) {

    /** The settings in force. */
    public SimulatorSettings settings() {
        return currentSettings.get();
    }

    /** Does something alone, after everything that has happened by itself until now. */
    public <T> T locked(Function<Instant, T> work) {
        lock.lock();
        try {
            Instant now = clock.instant();
            timeline.runTo(now);
            return work.apply(now);
        } finally {
            lock.unlock();
        }
    }
}
