package io.jenkins.plugins.awsoperations.jenkins.step;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Steps for tests whose every parameter is set, to something else than its default. */
final class CompleteStep {

    private CompleteStep() {}

    /** All that a valid request may have at once; {@code returnStatus} excludes others of it. */
    static RunOnTaggedInstanceStep withEverything() {
        RunOnTaggedInstanceStep step = new RunOnTaggedInstanceStep();
        Map<String, Object> tags = new LinkedHashMap<>();
        tags.put("role", "worker");
        tags.put("env", new ArrayList<>(List.of("prod", "stage")));
        step.setTags(tags);
        step.setInstanceId("i-0123456789abcdef0");
        step.setCommands(List.of("cd work\n./import", "echo 'done'"));
        step.setStrategy("sticky");
        step.setMaxPerInstance(0);
        step.setBusyRetries(5);
        step.setBusyIntervalSeconds(30);
        step.setBusyBackoff(1.5);
        step.setWorkingDirectory("/opt/batch");
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("LANG", "C.UTF-8");
        environment.put("EMPTY", "");
        step.setEnvironment(environment);
        step.setRunAs("batch");
        step.setFailFast(false);
        step.setExecutionTimeoutSeconds(172800);
        step.setDeliveryTimeoutSeconds(30);
        step.setDocumentName("AWS-RunShellScript");
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("one", "1");
        parameters.put("several", new ArrayList<>(List.of("a", "b")));
        step.setDocumentParameters(parameters);
        step.setRetries(2);
        step.setRetryExitCodes(List.of(75, 76));
        step.setRetryDelaySeconds(0);
        step.setReturnStdout(true);
        step.setUnstableExitCodes(List.of(3));
        step.setLogGroup("/jobs/batch");
        step.setS3Bucket("job-output");
        step.setS3Prefix("batch/nightly");
        step.setMaxLogBytes(0);
        step.setOnAbort("DETACH");
        return step;
    }

    /** As a person may fill in a form, where commands are one text; not valid, because some exclude each other. */
    static RunOnTaggedInstanceStep ofTheForm() {
        RunOnTaggedInstanceStep step = withEverything();
        step.setCommands("cd work\n\t./import --all <b>&amp;\n\necho \"it's done\"");
        step.setStrategy("STICKY");
        step.setReturnStatus(true);
        step.setAccount("production");
        step.setRegion("eu-west-1");
        step.setCredentialsId("aws-worker");
        step.setRole("arn:aws:iam::123456789012:role/worker");
        step.setExternalId("jenkins:worker");
        step.setAlertChannel("high");
        return step;
    }
}
