package io.jenkins.plugins.awsoperations.jenkins.step;

import java.util.List;

/** Steps for tests whose every parameter is set, to something else than its default. */
final class CompleteExecution {

    private CompleteExecution() {}

    /** All that a valid request may have at once; {@code executionArn} excludes others of it. */
    static AwaitStateMachineStep withEverything() {
        AwaitStateMachineStep step = new AwaitStateMachineStep();
        step.setStateMachine("nightly:PROD");
        step.setInput("{\"day\": \"2026-11-23\"}");
        step.setExecutionName("nightly-2026-11-23");
        step.setLinkParent(true);
        step.setTimeoutMinutes(525600);
        step.setOnAbort("DETACH");
        step.setHistory("ALL");
        step.setHistoryMaxLines(25000);
        step.setUnstableErrors(List.of("NothingToDo", "Late"));
        step.setRedrive(true);
        return step;
    }

    /** As a person may fill in a form; not valid, because some exclude each other. */
    static AwaitStateMachineStep ofTheForm() {
        AwaitStateMachineStep step = withEverything();
        step.setInput("{\n\t\"text\": \"<b>&amp; 'x'\"\n}\n");
        step.setExecutionArn("arn:aws:states:eu-west-1:123456789012:execution:nightly:by-hand");
        step.setAccount("production");
        step.setRegion("eu-west-1");
        step.setCredentialsId("aws-states");
        step.setRole("arn:aws:iam::123456789012:role/states");
        step.setExternalId("jenkins:states");
        step.setAlertChannel("high");
        return step;
    }
}
