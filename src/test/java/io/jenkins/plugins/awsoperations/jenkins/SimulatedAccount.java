package io.jenkins.plugins.awsoperations.jenkins;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsAccountConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import io.jenkins.plugins.awsoperations.jenkins.execution.OperationsRuntime;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeRun;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeScript;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A simulated AWS whose time runs fast, as the default account of a Jenkins that goes by the same time. */
public final class SimulatedAccount implements AutoCloseable {

    public static final String REGION = "ap-northeast-1";
    public static final String ACCOUNT_ID = "123456789012";
    public static final String CREDENTIALS = "aws";

    /** The tags of workers as a step takes them. */
    public static final String WORKERS = "tags: [role: 'job_worker', env: 'production']";

    private final SimulatorClock clock;
    private final AwsSimulator aws;

    public SimulatedAccount() {
        this(30);
    }

    /** @param speed simulated seconds per real second */
    public SimulatedAccount(double speed) {
        this(speed, SimulatorSettings.defaults());
    }

    public SimulatedAccount(double speed, SimulatorSettings settings) {
        this(speed, AwsSimulator.builder().settings(settings));
    }

    private SimulatedAccount(double speed, AwsSimulator.Builder builder) {
        this.clock = SimulatorClock.scaled(speed);
        this.aws = builder.clock(clock).start();
    }

    /** One whose workers run commands for real, in real time, on this machine. */
    public static SimulatedAccount real() {
        return new SimulatedAccount(1, AwsSimulator.builder().runCommandsForReal(true));
    }

    /** Makes it the default account of the Jenkins that runs now. */
    public SimulatedAccount connect() throws IOException {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, CREDENTIALS, "AKIATEST", "secret", ""));
        SystemCredentialsProvider.getInstance().save();
        AwsOperationsConfiguration.get().setAccounts(List.of(account("simulator")));
        useTime();
        return this;
    }

    /** Lets the Jenkins that runs now go by the simulator's time. */
    public void useTime() {
        OperationsRuntime.get().useTime(clock, clock::toReal);
    }

    /** The account as an administrator would describe it. */
    public AwsAccountConfiguration account(String name) {
        AwsAccountConfiguration account = new AwsAccountConfiguration(name);
        account.setRegion(REGION);
        account.setCredentialsId(CREDENTIALS);
        account.setEndpoint(aws.endpoint().toString());
        account.setDefaultAccount(true);
        return account;
    }

    public AwsSimulator aws() {
        return aws;
    }

    /** An instance with the tags {@code Backup=yes} and a name. */
    public String instance(String name) {
        return aws.ec2().runInstance(Map.of("Name", name, "Backup", "yes"));
    }

    public List<String> instances(int count) {
        return IntStream.range(0, count).mapToObj(n -> instance("web-" + n)).toList();
    }

    /** A worker with the tags {@link #WORKERS}, whose commands do what the script says. */
    public String worker(String name, NodeScript script) {
        String id = aws.ec2().runInstance(Map.of("Name", name, "role", "job_worker", "env", "production"));
        aws.ssm().agent(id).script(script);
        return id;
    }

    /** Workers named worker-1 and so on. */
    public List<String> workers(int count, NodeScript script) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(n -> worker("worker-" + n, script))
                .toList();
    }

    /** What really ran on the workers, whatever AWS says. */
    public List<NodeRun> runs() {
        return aws.ssm().runs();
    }

    /** The name of an instance's lockable resource. */
    public static String lock(String instanceId) {
        return "ec2-backup/" + ACCOUNT_ID + "/" + REGION + "/" + instanceId;
    }

    /** How many images were really made. */
    public int imagesMade() {
        return (int) aws.ledger().calls("CreateImage").stream()
                .filter(call -> call.outcome().equals("OK"))
                .count();
    }

    @Override
    public void close() {
        aws.close();
    }
}
