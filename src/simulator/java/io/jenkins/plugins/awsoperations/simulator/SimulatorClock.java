package io.jenkins.plugins.awsoperations.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The simulator's time. Everything it answers is a function of {@link #instant()}; nothing happens in the background.
 */
public abstract class SimulatorClock implements InstantSource {

    private SimulatorClock() {}

    /**
     * A clock that stands still until it is advanced, for tests.
     *
     * @param start the first instant
     */
    public static SimulatorClock manual(Instant start) {
        return new Manual(start);
    }

    /**
     * A clock that starts now and runs {@code speed} times as fast as real time.
     *
     * @param speed simulated seconds per real second, greater than zero
     */
    public static SimulatorClock scaled(double speed) {
        return scaled(speed, Instant.now());
    }

    /**
     * A clock that starts at an instant of choice and runs {@code speed} times as fast as real time.
     *
     * @param speed simulated seconds per real second, greater than zero
     * @param start the first instant
     */
    public static SimulatorClock scaled(double speed, Instant start) {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("speed must be greater than 0, not " + speed);
        }
        return new Scaled(speed, start);
    }

    /** The present simulated instant. It never goes back. */
    @Override
    public abstract Instant instant();

    /**
     * Jumps forward.
     *
     * @param step simulated time, not negative
     */
    public abstract void advance(Duration step);

    /** Jumps forward to an instant that is not in the past. */
    public void advanceTo(Instant target) {
        advance(Duration.between(instant(), target));
    }

    /** Simulated seconds per real second; 0 for a manual clock, which does not run by itself. */
    public abstract double speed();

    /** How long {@code simulated} takes in real time; zero for a manual clock, where waiting is pointless. */
    public abstract Duration toReal(Duration simulated);

    private static Duration notNegative(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + step);
        }
        return step;
    }

    private static final class Manual extends SimulatorClock {

        private Instant now;

        Manual(Instant start) {
            this.now = start;
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }

        @Override
        public synchronized void advance(Duration step) {
            now = now.plus(notNegative(step));
        }

        @Override
        public double speed() {
            return 0;
        }

        @Override
        public Duration toReal(Duration simulated) {
            return Duration.ZERO;
        }
    }

    private static final class Scaled extends SimulatorClock {

        private final double speed;
        private final Instant start;
        private final long startedNanos = System.nanoTime();
        private Duration jumped = Duration.ZERO;

        Scaled(double speed, Instant start) {
            this.speed = speed;
            this.start = start;
        }

        @Override
        public synchronized Instant instant() {
            long simulatedNanos = (long) ((System.nanoTime() - startedNanos) * speed);
            return start.plusNanos(simulatedNanos).plus(jumped);
        }

        @Override
        public synchronized void advance(Duration step) {
            jumped = jumped.plus(notNegative(step));
        }

        @Override
        public double speed() {
            return speed;
        }

        @Override
        public Duration toReal(Duration simulated) {
            return Duration.ofNanos((long) (simulated.toNanos() / speed));
        }
    }
}
