package io.jenkins.plugins.awsoperations.aws;

import io.jenkins.plugins.awsoperations.operation.Operation;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * A simulator by virtual time, and runs of an operation that talks to it through the real SDK.
 *
 * @param <B> what builds a request
 * @param <S> the state
 * @param <R> the result
 */
public abstract class SimulatedWorld<B, S extends Serializable, R extends Serializable> implements AutoCloseable {

    public final SimulatorClock clock;
    public final AwsSimulator aws;
    public final VirtualTime time;
    protected AwsConnections connections;
    private int runs;

    protected SimulatedWorld(Instant start, long seed, SimulatorSettings settings) {
        this.clock = SimulatorClock.manual(start);
        this.aws = AwsSimulator.builder()
                .clock(clock)
                .settings(settings)
                .seed(seed)
                .start();
        this.time = new VirtualTime(clock, clock::advanceTo);
        this.connections = new AwsConnections(clock);
    }

    /** The operation as a process makes it. */
    protected abstract Operation<?, S, R> operation();

    /** Starts a run of its own; nothing is polled yet. */
    protected abstract VirtualTime.Run<S, R> start(B request);

    protected AwsAccount.Builder account() {
        return AwsAccount.in("ap-northeast-1")
                .endpoint(aws.endpoint())
                .credentials(new AwsCredentialSource.Keys("AKIATEST", "secret", null));
    }

    public final AwsConnection connection() {
        return connections.connect(account().build());
    }

    protected final RunIdentity nextRun(String job) {
        runs++;
        return new RunIdentity(job, String.valueOf(runs), "token" + (10000 + runs));
    }

    public final VirtualTime.Run<S, R> run(B request) {
        VirtualTime.Run<S, R> run = start(request);
        time.run();
        return run;
    }

    public final R succeed(B request) {
        return run(request).result();
    }

    public final OperationFailure fail(B request) {
        return run(request).failure();
    }

    /** A new process: nothing in memory is left. */
    public final Consumer<VirtualTime.Run<S, R>> newProcess() {
        return run -> {
            forget();
            run.operation(operation());
        };
    }

    /** Loses what a process has in memory. */
    protected void forget() {
        connections.close();
        connections = new AwsConnections(clock);
    }

    /** The state as another process reads it. */
    @SuppressWarnings("unchecked")
    public static <T extends Serializable> T throughBytes(T state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(state);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (T) in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        connections.close();
        aws.close();
    }
}
