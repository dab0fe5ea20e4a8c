package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awsoperations.command.CommandRequest;
import io.jenkins.plugins.awsoperations.command.CommandRequestBuilder;
import io.jenkins.plugins.awsoperations.fleet.Strategy;
import io.jenkins.plugins.awsoperations.fleet.TagSelector;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.Problems;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes a valid request of the step's parameters, or says of each what is wrong with it. */
final class CommandParameterReader extends ParameterReader {

    private final RunOnTaggedInstanceParameters from;

    CommandParameterReader(RunOnTaggedInstanceParameters from) {
        this.from = from;
    }

    /** For who has nobody to give a result to. */
    CommandParameterReader withoutReturn() {
        refuseReturn("returnStatus", from.isReturnStatus());
        refuseReturn("returnStdout", from.isReturnStdout());
        return this;
    }

    private void refuseReturn(String field, boolean set) {
        if (set) {
            wrong(field, "is for Pipelines only: what a build step returns, nobody gets");
        }
    }

    /**
     * @param preferredInstanceId the worker that the strategy STICKY prefers, or null
     * @throws OperationException of kind CONFIGURATION that names every parameter that is wrong
     */
    CommandRequest request(@CheckForNull String preferredInstanceId) {
        CommandRequestBuilder builder = builder().preferredInstanceId(preferredInstanceId);
        Problems.refuse(problemsWith(builder.problems()));
        return builder.build();
    }

    /** Which workers are meant, as people write it. */
    String tags() {
        Map<String, List<String>> tags = new TreeMap<>();
        orEmpty(from.getTags()).forEach((key, value) -> tags.put(key, TagText.values(value)));
        return TagSelector.of(tags).toString();
    }

    /** What is wrong with the parameters, by field. */
    List<Problem> problems() {
        return problemsWith(builder().problems());
    }

    private CommandRequestBuilder builder() {
        CommandRequestBuilder to = CommandRequest.builder();
        orEmpty(from.getTags()).forEach((key, value) -> to.tag(key, values(value)));
        orEmpty(from.getEnvironment())
                .forEach((key, value) -> to.environment(key, single("environment", key, value, "a variable has one")));
        orEmpty(from.getDocumentParameters()).forEach((key, value) -> to.documentParameter(key, TagText.values(value)));
        return to.commands(orEmpty(from.getCommands()))
                .instanceId(from.getInstanceId())
                .strategy(choice("strategy", from.getStrategy(), Strategy.RANDOM))
                .maxPerInstance(from.getMaxPerInstance())
                .busyRetries(from.getBusyRetries())
                .busyIntervalSeconds(from.getBusyIntervalSeconds())
                .busyBackoff(from.getBusyBackoff())
                .workingDirectory(from.getWorkingDirectory())
                .runAs(from.getRunAs())
                .failFast(from.isFailFast())
                .executionTimeoutSeconds(from.getExecutionTimeoutSeconds())
                .deliveryTimeoutSeconds(from.getDeliveryTimeoutSeconds())
                .documentName(from.getDocumentName())
                .retries(from.getRetries())
                .retryExitCodes(orEmpty(from.getRetryExitCodes()))
                .retryDelaySeconds(from.getRetryDelaySeconds())
                .returnStatus(from.isReturnStatus())
                .returnStdout(from.isReturnStdout())
                .unstableExitCodes(orEmpty(from.getUnstableExitCodes()))
                .logGroup(from.getLogGroup())
                .s3Bucket(from.getS3Bucket())
                .s3Prefix(from.getS3Prefix())
                .maxLogBytes(from.getMaxLogBytes())
                .onAbort(choice("onAbort", from.getOnAbort(), CommandRequest.OnAbort.CANCEL));
    }
}
