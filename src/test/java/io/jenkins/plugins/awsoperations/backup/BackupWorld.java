package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.SimulatedWorld;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess;
import io.jenkins.plugins.awsoperations.operation.TicketQueueAccess;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A simulator by virtual time, with an engine that talks to it through the real SDK. */
final class BackupWorld extends SimulatedWorld<BackupRequestBuilder, BackupState, BackupResult> {

    static final Instant START = Instant.parse("2024-04-10T00:45:29Z");

    ExclusiveAccess locks = new TicketQueueAccess();
    private String sessionName = "";

    BackupWorld() {
        this(SimulatorSettings.defaults());
    }

    BackupWorld(SimulatorSettings settings) {
        super(START, 20240410, settings);
    }

    String instance(String name) {
        return aws.ec2().runInstance(Map.of("Name", name, "Backup", "yes"));
    }

    List<String> instances(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(n -> instance("web-" + n))
                .toList();
    }

    @Override
    protected AwsAccount.Builder account() {
        AwsAccount.Builder account = super.account();
        if (!sessionName.isEmpty()) {
            account.assumeRole("arn:aws:iam::123456789012:role/backup", null).roleSessionName(sessionName);
        }
        return account;
    }

    /** From now on operations assume a role under this name. */
    void sessionName(String name) {
        sessionName = name;
    }

    @Override
    protected Ec2Backup operation() {
        return new Ec2Backup(connection(), locks);
    }

    /** A request that selects the instances of {@link #instance} by their tag. */
    static BackupRequestBuilder request(String plan) {
        return BackupRequest.builder().tag("Backup", "yes").plan(plan);
    }

    @Override
    protected VirtualTime.Run<BackupState, BackupResult> start(BackupRequestBuilder request) {
        BackupRequest valid = request.build();
        Ec2Backup operation = operation();
        return time.start(operation, operation.begin(valid, nextRun("backup/" + valid.plan())));
    }

    /** The locks, too. */
    @Override
    protected void forget() {
        super.forget();
        locks = new TicketQueueAccess();
    }
}
