package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.TicketQueueAccess;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A simulator by virtual time, with an engine that talks to it through the real SDK. */
final class BackupWorld implements AutoCloseable {

    static final Instant START = Instant.parse("2024-04-10T00:45:29Z");

    final SimulatorClock clock = SimulatorClock.manual(START);
    final AwsSimulator aws;
    final VirtualTime time = new VirtualTime(clock, clock::advanceTo);
    private AwsConnections connections = new AwsConnections(clock);
    ExclusiveAccess locks = new TicketQueueAccess();
    private String sessionName = "";
    private int runs;

    BackupWorld() {
        this(SimulatorSettings.defaults());
    }

    BackupWorld(SimulatorSettings settings) {
        this.aws = AwsSimulator.builder()
                .clock(clock)
                .settings(settings)
                .seed(20240410)
                .start();
    }

    String instance(String name) {
        return aws.ec2().runInstance(Map.of("Name", name, "Backup", "yes"));
    }

    List<String> instances(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(n -> instance("web-" + n))
                .toList();
    }

    AwsConnection connection() {
        AwsAccount.Builder account = AwsAccount.in("ap-northeast-1")
                .endpoint(aws.endpoint())
                .credentials(new AwsCredentialSource.Keys("AKIATEST", "secret", null));
        if (!sessionName.isEmpty()) {
            account.assumeRole("arn:aws:iam::123456789012:role/backup", null).roleSessionName(sessionName);
        }
        return connections.connect(account.build());
    }

    /** From now on operations assume a role under this name. */
    void sessionName(String name) {
        sessionName = name;
    }

    Ec2Backup operation() {
        return new Ec2Backup(connection(), locks);
    }

    /** A request that selects the instances of {@link #instance} by their tag. */
    static BackupRequestBuilder request(String plan) {
        return BackupRequest.builder().tag("Backup", "yes").plan(plan);
    }

    VirtualTime.Run<BackupState, BackupResult> start(BackupRequestBuilder request) {
        runs++;
        BackupRequest valid = request.build();
        RunIdentity run = new RunIdentity("backup/" + valid.plan(), String.valueOf(runs), "token" + (10000 + runs));
        Ec2Backup operation = operation();
        return time.start(operation, operation.begin(valid, run));
    }

    BackupResult run(BackupRequestBuilder request) {
        VirtualTime.Run<BackupState, BackupResult> run = start(request);
        time.run();
        return run.result();
    }

    /** A new process: nothing in memory is left, locks neither. */
    Consumer<VirtualTime.Run<BackupState, BackupResult>> newProcess() {
        return run -> {
            connections.close();
            connections = new AwsConnections(clock);
            locks = new TicketQueueAccess();
            run.operation(operation());
        };
    }

    static BackupState throughBytes(BackupState state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(state);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (BackupState) in.readObject();
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
