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
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A simulated AWS whose time runs fast, as the default account of a Jenkins that goes by the same time. */
public final class SimulatedAccount implements AutoCloseable {

    public static final String REGION = "ap-northeast-1";
    public static final String ACCOUNT_ID = "123456789012";
    public static final String CREDENTIALS = "aws";

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
        this.clock = SimulatorClock.scaled(speed);
        this.aws = AwsSimulator.builder().clock(clock).settings(settings).start();
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
