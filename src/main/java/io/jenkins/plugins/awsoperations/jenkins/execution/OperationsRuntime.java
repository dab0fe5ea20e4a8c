package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.util.ClassLoaderSanityThreadFactory;
import hudson.util.DaemonThreadFactory;
import hudson.util.NamingThreadFactory;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.jenkins.lock.LockQueues;
import io.jenkins.plugins.awsoperations.operation.BlockingRunner;
import io.jenkins.plugins.awsoperations.operation.PollLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.ImpersonatingExecutorService;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What all operations of this controller share: a bounded pool on which they poll, the connections to AWS, and the queues for
 * locks. However many operations wait, there are no more threads than these.
 */
@Extension
public final class OperationsRuntime {

    private static final Logger LOGGER = Logger.getLogger(OperationsRuntime.class.getName());

    /** How many polls run at once; a poll is a few quick calls to AWS. */
    private static final int WORKERS = 12;

    /** How many of them one account and region may have, because each may wait more than a minute for a call. */
    static final int WORKERS_OF_ONE_ACCOUNT = 4;

    private static final Duration IDLE = Duration.ofSeconds(60);

    /** What a poll under way may take to end when the controller stops: one call that AWS answers late. */
    private static final Duration LAST_POLLS = Duration.ofSeconds(20);

    private volatile InstantSource clock = InstantSource.system();
    private volatile UnaryOperator<Duration> realTime = UnaryOperator.identity();
    private final ThreadPoolExecutor threads = pool(WORKERS);
    private final AccountLanes lanes =
            new AccountLanes(new ImpersonatingExecutorService(threads, ACL.SYSTEM2), WORKERS_OF_ONE_ACCOUNT);
    private final ExecutorService ends = new ImpersonatingExecutorService(pool(1), ACL.SYSTEM2);
    private final AwsConnections connections = new AwsConnections(() -> clock.instant());
    private final LockQueues locks = new LockQueues();
    private final Map<Run<?, ?>, AwsOperationException> failures = Collections.synchronizedMap(new WeakHashMap<>());

    private static ThreadPoolExecutor pool(int size) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size,
                size,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new ClassLoaderSanityThreadFactory(
                        new NamingThreadFactory(new DaemonThreadFactory(), OperationsRuntime.class.getSimpleName())));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    public static OperationsRuntime get() {
        return ExtensionList.lookupSingleton(OperationsRuntime.class);
    }

    /** Drives operations without a thread for each. */
    PollLoop loop(AccountChoice account) {
        return new PollLoop(Timer.get(), workers(account), delay -> realTime.apply(delay));
    }

    /** Drives one operation while the calling thread waits. */
    BlockingRunner blockingRunner(AccountChoice account) {
        return new BlockingRunner(workers(account), delay -> realTime.apply(delay));
    }

    /** Where everything runs that may wait for AWS, or for who keeps the credentials. */
    Executor workers(AccountChoice account) {
        return lanes.of(account.account() + " " + account.region());
    }

    /** Where steps are ended that AWS keeps waiting: never busy with a call to AWS. */
    Executor ends() {
        return ends;
    }

    /** Does something when a time of the operations' clock has passed. */
    Future<?> after(Duration delay, Runnable action) {
        return Timer.get().schedule(action, realTime.apply(delay).toNanos(), TimeUnit.NANOSECONDS);
    }

    AwsConnections connections() {
        return connections;
    }

    LockQueues locks() {
        return locks;
    }

    /** Keeps the last failure of a build step, which Jenkins itself does not, for as long as the build. */
    void remember(Run<?, ?> run, AwsOperationException failure) {
        failures.put(run, failure);
    }

    /** The last failure of a build step of AWS Operations in a build, or null for none. */
    @CheckForNull
    public AwsOperationException failureIn(Run<?, ?> run) {
        return failures.get(run);
    }

    InstantSource clock() {
        return () -> clock.instant();
    }

    boolean isStopping() {
        return threads.isShutdown();
    }

    /** Lets time pass faster, for tests against a simulated AWS. */
    @Restricted(NoExternalUse.class)
    public void useTime(InstantSource newClock, UnaryOperator<Duration> newRealTime) {
        clock = newClock;
        realTime = newRealTime;
    }

    /** While Pipelines are put away: what a poll does after its Pipeline was written is found again by the next one. */
    @Terminator(attains = FlowExecutionList.EXECUTIONS_SUSPENDED)
    @Restricted(NoExternalUse.class)
    public static void stop() throws InterruptedException {
        get().letPollsEnd();
    }

    private void letPollsEnd() throws InterruptedException {
        threads.shutdown();
        if (threads.awaitTermination(LAST_POLLS.toSeconds(), TimeUnit.SECONDS)) {
            connections.close();
        } else {
            LOGGER.log(
                    Level.FINE,
                    "{0} polls have not ended; what they do is found again after the start",
                    threads.getActiveCount());
        }
    }
}
