package io.jenkins.plugins.awsoperations.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The two drivers of operations: the blocking runner and the poll loop. */
class DriversTest {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        timer.shutdownNow();
        workers.shutdownNow();
    }

    /** Counts to a number, one poll each. */
    private static final class Counter implements Operation<Integer, Integer, Integer> {
        private final Duration step;
        private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
        private final CountDownLatch polled = new CountDownLatch(1);
        private final AtomicReference<Runnable> wakeUp = new AtomicReference<>();

        Counter(Duration step) {
            this.step = step;
        }

        @Override
        public Integer begin(Integer request, RunIdentity run) {
            return request;
        }

        @Override
        public Progress<Integer, Integer> poll(Integer state, OperationContext<Integer> context) {
            threads.add(Thread.currentThread());
            wakeUp.set(context.wakeUp());
            polled.countDown();
            if (state < 0) {
                return new Progress.Failed<>(
                        state, OperationFailure.of(FailureKind.CANCELLED, "stopped", "nothing"), null, null);
            }
            if (state == 0) {
                return new Progress.Succeeded<>(0, 42);
            }
            if (state == 13) {
                throw new IllegalArgumentException("thirteen");
            }
            return new Progress.Running<>(state - 1, context.now().plus(step), state + " to go");
        }

        @Override
        public Integer cancel(Integer state, String reason) {
            return -1;
        }
    }

    private static Conversation<Integer, Integer> conversation(Counter counter, int from) {
        return new Conversation<>(counter, from, InstantSource.system(), line -> {}, StateStore.none());
    }

    @Test
    void runsToTheResultAndTellsTheProgress() {
        List<String> status = new ArrayList<>();
        assertThat(new BlockingRunner().run(conversation(new Counter(Duration.ofMillis(1)), 3), status::add))
                .isEqualTo(42);
        assertThat(status).containsExactly("3 to go", "2 to go", "1 to go");
    }

    @Test
    void anInterruptCancelsAndSaysSo() throws Exception {
        Counter counter = new Counter(Duration.ofHours(1));
        AtomicReference<OperationException> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> thrown.set(catchThrowableOfType(
                OperationException.class, () -> new BlockingRunner().run(conversation(counter, 3), s -> {}))));
        thread.start();
        counter.polled.await();
        thread.interrupt();
        thread.join();
        assertThat(thrown.get().failure().kind()).isEqualTo(FailureKind.CANCELLED);
    }

    @Test
    void aWakeUpEndsAWaitAtOnce() {
        Counter counter = new Counter(Duration.ofHours(1));
        CompletableFuture<Integer> result = CompletableFuture.supplyAsync(
                () -> new BlockingRunner().run(conversation(counter, 1), s -> {}), workers);
        org.awaitility.Awaitility.await().until(() -> counter.wakeUp.get() != null);
        counter.wakeUp.get().run();
        assertThat(result).succeedsWithin(10, TimeUnit.SECONDS).isEqualTo(42);
    }

    @Test
    void anUnexpectedExceptionIsABug() {
        assertThatThrownBy(() -> new BlockingRunner().run(conversation(new Counter(Duration.ofMillis(1)), 13), s -> {}))
                .isInstanceOfSatisfying(
                        OperationException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.BUG))
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thousandsOfOperationsNeedNoThreadEach() {
        PollLoop loop = new PollLoop(timer, workers, UnaryOperator.identity());
        Counter counter = new Counter(Duration.ofMillis(5));
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int n = 0; n < 2000; n++) {
            all.add(loop.start(conversation(counter, 3)));
        }
        assertThat(CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)))
                .succeedsWithin(Duration.ofSeconds(60));
        assertThat(all).allSatisfy(f -> assertThat(f.join()).isEqualTo(42));
        assertThat(counter.threads).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void theLoopPassesFailuresOn() {
        PollLoop loop = new PollLoop(timer, workers, UnaryOperator.identity());
        assertThat(loop.start(conversation(new Counter(Duration.ofMillis(1)), 13)))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withCauseInstanceOf(OperationException.class);
    }

    @Test
    void theLoopCanBeWokenAndCancelled() {
        PollLoop loop = new PollLoop(timer, workers, UnaryOperator.identity());
        Counter counter = new Counter(Duration.ofHours(1));
        Conversation<Integer, Integer> conversation = conversation(counter, 5);
        CompletableFuture<Integer> result = loop.start(conversation);
        org.awaitility.Awaitility.await().until(() -> counter.wakeUp.get() != null);
        conversation.cancel("test");
        assertThat(result).failsWithin(Duration.ofSeconds(10));
    }

    private static Conversation<Integer, Integer> conversation(OperationPoll poll) {
        return new Conversation<>(
                new Operation<Integer, Integer, Integer>() {
                    @Override
                    public Integer begin(Integer request, RunIdentity run) {
                        return request;
                    }

                    @Override
                    public Progress<Integer, Integer> poll(Integer state, OperationContext<Integer> context) {
                        return poll.poll(context);
                    }

                    @Override
                    public Integer cancel(Integer state, String reason) {
                        return -1;
                    }
                },
                0,
                InstantSource.system(),
                line -> {},
                StateStore.none());
    }

    private interface OperationPoll {
        Progress<Integer, Integer> poll(OperationContext<Integer> context);
    }

    @Test
    void cancellingIsQuickWhateverAPollIsDoing() throws Exception {
        CountDownLatch polling = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean seen = new AtomicBoolean();
        Conversation<Integer, Integer> conversation = conversation(context -> {
            polling.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            seen.set(context.isCancelRequested());
            return new Progress.Running<>(0, context.now(), "");
        });
        CompletableFuture<?> poll = CompletableFuture.supplyAsync(conversation::poll, workers);
        polling.await();
        assertThat(CompletableFuture.runAsync(() -> conversation.cancel("stop"), workers))
                .succeedsWithin(Duration.ofSeconds(10));
        go.countDown();
        assertThat(poll).succeedsWithin(Duration.ofSeconds(10));
        assertThat(seen).isTrue();
    }

    @Test
    void aPollThatThePoolRefusesIsTriedAgain() {
        AtomicInteger submitted = new AtomicInteger();
        AtomicInteger polls = new AtomicInteger();
        Executor fullOnce = task -> {
            if (submitted.incrementAndGet() == 2) {
                throw new RejectedExecutionException("full");
            }
            workers.execute(task);
        };
        Conversation<Integer, Integer> conversation = conversation(context -> polls.incrementAndGet() < 3
                ? new Progress.Running<>(0, context.now(), "")
                : new Progress.Succeeded<>(0, 42));
        assertThat(new PollLoop(timer, fullOnce, UnaryOperator.identity()).start(conversation))
                .succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void anErrorEndsTheOperation() {
        Conversation<Integer, Integer> conversation = conversation(context -> {
            throw new NoClassDefFoundError("software/amazon/missing");
        });
        assertThat(new PollLoop(timer, workers, UnaryOperator.identity()).start(conversation))
                .failsWithin(Duration.ofSeconds(10));
    }

    /** Never ends, whatever is asked for, and holds something. */
    private static final class Stubborn implements Operation<Integer, Integer, Integer> {
        private final CountDownLatch polled = new CountDownLatch(2);
        private final CountDownLatch abandoned = new CountDownLatch(1);

        @Override
        public Integer begin(Integer request, RunIdentity run) {
            return request;
        }

        @Override
        public Progress<Integer, Integer> poll(Integer state, OperationContext<Integer> context) {
            polled.countDown();
            return new Progress.Running<>(state, context.now().plus(Duration.ofMillis(1)), "goes on");
        }

        @Override
        public Integer cancel(Integer state, String reason) {
            return state;
        }

        @Override
        public void abandon(Integer state) {
            abandoned.countDown();
        }
    }

    @Test
    void whoIsInterruptedTwiceGivesBackWhatTheOperationHolds() throws Exception {
        Stubborn operation = new Stubborn();
        AtomicReference<OperationException> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> thrown.set(catchThrowableOfType(
                OperationException.class,
                () -> new BlockingRunner()
                        .run(
                                new Conversation<>(operation, 1, InstantSource.system(), line -> {}, StateStore.none()),
                                s -> {}))));
        thread.start();
        operation.polled.await();
        while (thread.isAlive()) {
            thread.interrupt();
            thread.join(100);
        }
        assertThat(thrown.get().failure().message()).contains("twice");
        assertThat(operation.abandoned.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anErrorOfTheJvmGivesBackWhatTheOperationHolds() throws Exception {
        CountDownLatch abandoned = new CountDownLatch(1);
        Operation<Integer, Integer, Integer> broken = new Operation<>() {
            @Override
            public Integer begin(Integer request, RunIdentity run) {
                return request;
            }

            @Override
            public Progress<Integer, Integer> poll(Integer state, OperationContext<Integer> context) {
                throw new StackOverflowError();
            }

            @Override
            public Integer cancel(Integer state, String reason) {
                return state;
            }

            @Override
            public void abandon(Integer state) {
                abandoned.countDown();
            }
        };
        CompletableFuture<Integer> result = new PollLoop(timer, workers, UnaryOperator.identity())
                .start(new Conversation<>(broken, 1, InstantSource.system(), line -> {}, StateStore.none()));

        assertThat(result).failsWithin(10, TimeUnit.SECONDS);
        assertThat(abandoned.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
