package io.jenkins.plugins.awsoperations.operation;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Drives operations on one thread by a clock that jumps from one poll to the next. Between any two polls, and instead of any
 * save, a test may do what happens to processes: write the state away and read it again, or die.
 */
public final class VirtualTime {

    private final InstantSource clock;
    private final Consumer<Instant> advanceTo;
    private final List<Run<?, ?>> runs = new ArrayList<>();

    public VirtualTime(InstantSource clock, Consumer<Instant> advanceTo) {
        this.clock = clock;
        this.advanceTo = advanceTo;
    }

    /** Starts an operation; nothing is polled before {@link #run}. */
    public <Q, S extends Serializable, R extends Serializable> Run<S, R> start(Operation<Q, S, R> operation, S state) {
        Run<S, R> run = new Run<>(operation, state, clock);
        runs.add(run);
        return run;
    }

    /** Polls whatever is due until everything has ended. */
    public void run() {
        runUntil(Instant.MAX);
    }

    /** Polls whatever is due before an instant. */
    public void runUntil(Instant end) {
        Instant giveUp = clock.instant().plus(Duration.ofDays(3));
        while (true) {
            Optional<Run<?, ?>> next =
                    runs.stream().filter(r -> !r.ended()).min(Comparator.comparing((Run<?, ?> r) -> r.due));
            if (next.isEmpty() || !next.get().due.isBefore(end)) {
                return;
            }
            if (next.get().due.isAfter(clock.instant())) {
                advanceTo.accept(next.get().due);
            }
            if (clock.instant().isAfter(giveUp)) {
                throw new AssertionError("no end after three days: " + next.get().log);
            }
            next.get().poll();
        }
    }

    /** The process dies: thrown instead of a save, or after it. */
    public static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** One operation under way. */
    public static final class Run<S extends Serializable, R extends Serializable> {

        private final InstantSource clock;
        private Operation<?, S, R> operation;
        private S state;
        private S saved;
        private Instant due = Instant.EPOCH;
        private Progress<S, R> last;
        private int polls;
        private int saves;
        private int partsOfLines;
        private UnaryOperator<String> hidden = UnaryOperator.identity();
        private UnaryOperator<S> betweenPolls = UnaryOperator.identity();
        private Consumer<Run<S, R>> onSave = r -> {};
        private Consumer<Run<S, R>> afterPoll = r -> {};
        private Consumer<Run<S, R>> onCrash = r -> {};
        public final List<String> log = new ArrayList<>();
        private final Map<OutputChannel, ByteArrayOutputStream> outputs = new EnumMap<>(OutputChannel.class);

        Run(Operation<?, S, R> operation, S state, InstantSource clock) {
            this.operation = operation;
            this.state = state;
            this.saved = state;
            this.clock = clock;
        }

        /** What is done to whole texts before the operation cuts them. */
        public Run<S, R> hiding(UnaryOperator<String> action) {
            hidden = action;
            return this;
        }

        public Run<S, R> betweenPolls(UnaryOperator<S> action) {
            betweenPolls = action;
            return this;
        }

        /** May throw {@link Crash}: the state is saved, and the process dies before what it announces. */
        public Run<S, R> onSave(Consumer<Run<S, R>> action) {
            onSave = action;
            return this;
        }

        /** May call {@link #crash}: the process dies after what it did and before it is written down. */
        public Run<S, R> afterPoll(Consumer<Run<S, R>> action) {
            afterPoll = action;
            return this;
        }

        /** What a new process brings: other connections and locks. */
        public Run<S, R> onCrash(Consumer<Run<S, R>> action) {
            onCrash = action;
            return this;
        }

        public void operation(Operation<?, S, R> other) {
            operation = other;
        }

        /** Goes on from what was last saved, as a new process does. */
        public void crash() {
            state = saved;
            due = clock.instant();
            last = null;
            onCrash.accept(this);
        }

        public void cancel(String reason) {
            state = operation.cancel(state, reason);
            due = clock.instant();
        }

        public int polls() {
            return polls;
        }

        public int saves() {
            return saves;
        }

        public S state() {
            return state;
        }

        public boolean ended() {
            return last instanceof Progress.Succeeded || last instanceof Progress.Failed;
        }

        public boolean isFailed() {
            return last instanceof Progress.Failed;
        }

        public R result() {
            if (last instanceof Progress.Succeeded<S, R> succeeded) {
                return succeeded.result();
            }
            if (last instanceof Progress.Failed<S, R> failed) {
                throw new AssertionError(failed.failure() + "\n" + String.join("\n", log), failed.cause());
            }
            throw new AssertionError("not ended: " + last);
        }

        /** What a remote command wrote, as it came into the log: also before a crash. */
        public byte[] output(OutputChannel channel) {
            ByteArrayOutputStream written = outputs.get(channel);
            return written == null ? new byte[0] : written.toByteArray();
        }

        /** How often a part of a line came instead of whole lines. */
        public int partsOfLines() {
            return partsOfLines;
        }

        public String text(OutputChannel channel) {
            return new String(output(channel), StandardCharsets.UTF_8);
        }

        public OperationFailure failure() {
            return failed().failure();
        }

        public Progress.Failed<S, R> failed() {
            if (last instanceof Progress.Failed<S, R> failed) {
                return failed;
            }
            throw new AssertionError("did not fail: " + last + "\n" + String.join("\n", log));
        }

        private void poll() {
            polls++;
            state = betweenPolls.apply(state);
            Conversation<S, R> conversation = new Conversation<>(
                    operation,
                    state,
                    clock,
                    new Log(),
                    new StateStore<>() {
                        @Override
                        public void publish(S s) {
                            // a kill loses it
                        }

                        @Override
                        public void save(S s) {
                            saved = s;
                            saves++;
                            onSave.accept(Run.this);
                        }
                    },
                    hidden);
            conversation.onWakeUp(() -> due = clock.instant());
            try {
                due = Instant.MAX;
                last = conversation.poll();
                state = last.state();
                if (last instanceof Progress.Running<S, R> running
                        && running.notBefore().isBefore(due)) {
                    due = running.notBefore();
                }
                afterPoll.accept(this);
            } catch (Crash e) {
                crash();
            }
        }

        private final class Log implements OperationLog {

            @Override
            public void line(String text) {
                log.add(text);
            }

            @Override
            public void output(OutputChannel channel, byte[] bytes) {
                outputs.computeIfAbsent(channel, c -> new ByteArrayOutputStream())
                        .writeBytes(bytes);
                if (bytes[bytes.length - 1] != '\n') {
                    partsOfLines++;
                }
            }
        }
    }
}
