package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.command.CommandRequest.OnAbort;
import io.jenkins.plugins.awsoperations.fleet.Strategy;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects the parameters; each setter's meaning is that of the getter of {@link CommandRequest}. */
public final class CommandRequestBuilder {

    final Map<String, List<String>> tags = new TreeMap<>();
    final List<String> commands = new ArrayList<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    final Map<String, List<String>> documentParameters = new LinkedHashMap<>();
    final List<Integer> retryExitCodes = new ArrayList<>();
    final List<Integer> unstableExitCodes = new ArrayList<>();

    @Nullable
    String instanceId;

    Strategy strategy = Strategy.RANDOM;

    @Nullable
    String preferredInstanceId;

    int maxPerInstance = 1;
    int busyRetries = 2;
    int busyIntervalSeconds = 100;
    double busyBackoff = 2.0;

    @Nullable
    String workingDirectory;

    @Nullable
    String runAs;

    boolean failFast = true;
    int executionTimeoutSeconds = 3600;
    int deliveryTimeoutSeconds = 600;

    @Nullable
    String documentName;

    int retries;
    int retryDelaySeconds = 60;
    boolean returnStatus;
    boolean returnStdout;

    @Nullable
    String logGroup;

    @Nullable
    String s3Bucket;

    @Nullable
    String s3Prefix;

    int maxLogBytes = CommandRequest.DEFAULT_MAX_LOG_BYTES;
    OnAbort onAbort = OnAbort.CANCEL;

    CommandRequestBuilder() {}

    public CommandRequestBuilder tag(String key, String... values) {
        tags.computeIfAbsent(key, k -> new ArrayList<>()).addAll(List.of(values));
        return this;
    }

    public CommandRequestBuilder commands(Collection<String> values) {
        commands.addAll(values);
        return this;
    }

    public CommandRequestBuilder environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public CommandRequestBuilder documentParameter(String name, Collection<String> values) {
        documentParameters.put(name, List.copyOf(values));
        return this;
    }

    public CommandRequestBuilder retryExitCodes(Collection<Integer> values) {
        retryExitCodes.addAll(values);
        return this;
    }

    public CommandRequestBuilder unstableExitCodes(Collection<Integer> values) {
        unstableExitCodes.addAll(values);
        return this;
    }

    public CommandRequestBuilder instanceId(@Nullable String value) {
        instanceId = value;
        return this;
    }

    public CommandRequestBuilder strategy(Strategy value) {
        strategy = value;
        return this;
    }

    public CommandRequestBuilder preferredInstanceId(@Nullable String value) {
        preferredInstanceId = value;
        return this;
    }

    public CommandRequestBuilder maxPerInstance(int value) {
        maxPerInstance = value;
        return this;
    }

    public CommandRequestBuilder busyRetries(int value) {
        busyRetries = value;
        return this;
    }

    public CommandRequestBuilder busyIntervalSeconds(int value) {
        busyIntervalSeconds = value;
        return this;
    }

    public CommandRequestBuilder busyBackoff(double value) {
        busyBackoff = value;
        return this;
    }

    public CommandRequestBuilder workingDirectory(@Nullable String value) {
        workingDirectory = value;
        return this;
    }

    public CommandRequestBuilder runAs(@Nullable String value) {
        runAs = value;
        return this;
    }

    public CommandRequestBuilder failFast(boolean value) {
        failFast = value;
        return this;
    }

    public CommandRequestBuilder executionTimeoutSeconds(int value) {
        executionTimeoutSeconds = value;
        return this;
    }

    public CommandRequestBuilder deliveryTimeoutSeconds(int value) {
        deliveryTimeoutSeconds = value;
        return this;
    }

    public CommandRequestBuilder documentName(@Nullable String value) {
        documentName = value;
        return this;
    }

    public CommandRequestBuilder retries(int value) {
        retries = value;
        return this;
    }

    public CommandRequestBuilder retryDelaySeconds(int value) {
        retryDelaySeconds = value;
        return this;
    }

    public CommandRequestBuilder returnStatus(boolean value) {
        returnStatus = value;
        return this;
    }

    public CommandRequestBuilder returnStdout(boolean value) {
        returnStdout = value;
        return this;
    }

    public CommandRequestBuilder logGroup(@Nullable String value) {
        logGroup = value;
        return this;
    }

    public CommandRequestBuilder s3Bucket(@Nullable String value) {
        s3Bucket = value;
        return this;
    }

    public CommandRequestBuilder s3Prefix(@Nullable String value) {
        s3Prefix = value;
        return this;
    }

    public CommandRequestBuilder maxLogBytes(int value) {
        maxLogBytes = value;
        return this;
    }

    public CommandRequestBuilder onAbort(OnAbort value) {
        onAbort = value;
        return this;
    }

    /** What is wrong with the parameters, by field; empty when they are valid. */
    public List<Problem> problems() {
        return CommandRequestRules.check(this);
    }

    /** @throws OperationException of kind CONFIGURATION that names every field that is wrong */
    public CommandRequest build() {
        Problems.refuse(problems());
        return new CommandRequest(this);
    }
}
