package io.jenkins.plugins.awsoperations.jenkins.step;

/** The fields of the form of {@code runOnTaggedInstance}. */
final class RunOnTaggedInstanceFields {

    static final FormFields<RunOnTaggedInstanceStep> ALL = new FormFields<RunOnTaggedInstanceStep>()
            .text("tags", (step, text) -> step.setTags(TagText.parse("tags", text)))
            .text("commands", RunOnTaggedInstanceStep::setCommands)
            .text("environment", (step, text) -> step.setEnvironment(TagText.parse("environment", text)))
            .text(
                    "documentParameters",
                    (step, text) -> step.setDocumentParameters(TagText.parse("documentParameters", text)))
            .text("retryExitCodes", (step, text) -> step.setRetryExitCodes(ListText.numbers("retryExitCodes", text)))
            .text(
                    "unstableExitCodes",
                    (step, text) -> step.setUnstableExitCodes(ListText.numbers("unstableExitCodes", text)))
            .text("instanceId", RunOnTaggedInstanceStep::setInstanceId)
            .text("workingDirectory", RunOnTaggedInstanceStep::setWorkingDirectory)
            .text("runAs", RunOnTaggedInstanceStep::setRunAs)
            .text("documentName", RunOnTaggedInstanceStep::setDocumentName)
            .text("logGroup", RunOnTaggedInstanceStep::setLogGroup)
            .text("s3Bucket", RunOnTaggedInstanceStep::setS3Bucket)
            .text("s3Prefix", RunOnTaggedInstanceStep::setS3Prefix)
            .number("maxPerInstance", RunOnTaggedInstanceStep::setMaxPerInstance)
            .number("busyRetries", RunOnTaggedInstanceStep::setBusyRetries)
            .number("busyIntervalSeconds", RunOnTaggedInstanceStep::setBusyIntervalSeconds)
            .decimal("busyBackoff", RunOnTaggedInstanceStep::setBusyBackoff)
            .number("executionTimeoutSeconds", RunOnTaggedInstanceStep::setExecutionTimeoutSeconds)
            .number("deliveryTimeoutSeconds", RunOnTaggedInstanceStep::setDeliveryTimeoutSeconds)
            .number("retries", RunOnTaggedInstanceStep::setRetries)
            .number("retryDelaySeconds", RunOnTaggedInstanceStep::setRetryDelaySeconds)
            .number("maxLogBytes", RunOnTaggedInstanceStep::setMaxLogBytes);

    private RunOnTaggedInstanceFields() {}
}
