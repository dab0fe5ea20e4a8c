package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import java.time.Duration;
import java.time.Instant;

/** The same simulated time in several processes of one machine. */
final class SharedClock {

    private SharedClock() {}

    /**
     * A clock that showed the time of the wall at its origin, and has run {@code speed} times as fast since.
     *
     * @param origin an instant that all processes know, not in the future
     */
    static SimulatorClock since(Instant origin, double speed) {
        // What is loaded for the first time takes milliseconds, which would be between the two readings of the time.
        SimulatorClock.scaled(speed, origin).instant();
        Duration real = Duration.between(origin, Instant.now());
        return SimulatorClock.scaled(speed, origin.plusNanos((long) (real.toNanos() * speed)));
    }
}
