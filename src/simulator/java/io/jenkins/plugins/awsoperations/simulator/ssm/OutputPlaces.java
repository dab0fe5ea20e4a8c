package io.jenkins.plugins.awsoperations.simulator.ssm;

import org.jspecify.annotations.Nullable;

/**
 * Where the output of a command goes besides the reply of GetCommandInvocation. Sources: user guide, "Configuring Amazon
 * CloudWatch Logs for Run Command"; the names are those that the agent's public source makes.
 *
 * @param bucket S3 bucket; null: none
 * @param keyPrefix prefix of the keys in it, or empty
 * @param logs whether it goes to CloudWatch Logs
 * @param logGroup log group that was asked for; null: the document's
 */
record OutputPlaces(
        @Nullable String bucket,
        String keyPrefix,
        boolean logs,
        @Nullable String logGroup) {

    /** Log group of a command. */
    String logGroupOf(SsmDocument document) {
        return logGroup == null ? "/aws/ssm/" + document.name() : logGroup;
    }

    /** Log stream of one of the two streams of an invocation. */
    static String logStream(Invocation invocation, String stream) {
        return invocation.command().id()
                + '/'
                + invocation.instanceId()
                + '/'
                + invocation.command().document().streamName()
                + '/'
                + stream;
    }

    /** Key of the object with one of the two streams of an invocation. */
    String objectKey(Invocation invocation, String stream) {
        String plugin = invocation.command().document().objectName();
        String key = invocation.command().id() + '/' + invocation.instanceId() + '/' + plugin + "/0." + plugin + '/'
                + stream;
        return keyPrefix.isEmpty() ? key : keyPrefix + '/' + key;
    }

    /** Address of that object as GetCommandInvocation gives it; empty when no bucket was asked for. */
    String objectUrl(String region, Invocation invocation, String stream) {
        return bucket == null
                ? ""
                : "https://s3." + region + ".amazonaws.com/" + bucket + '/' + objectKey(invocation, stream);
    }
}
