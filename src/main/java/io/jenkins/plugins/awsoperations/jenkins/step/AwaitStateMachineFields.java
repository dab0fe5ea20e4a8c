package io.jenkins.plugins.awsoperations.jenkins.step;

/** The fields of the form of {@code awaitStateMachine}. */
final class AwaitStateMachineFields {

    static final FormFields<AwaitStateMachineStep> ALL = new FormFields<AwaitStateMachineStep>()
            .text("stateMachine", AwaitStateMachineStep::setStateMachine)
            .text("executionArn", AwaitStateMachineStep::setExecutionArn)
            .text("input", AwaitStateMachineStep::setInput)
            .text("executionName", AwaitStateMachineStep::setExecutionName)
            .text("unstableErrors", (step, text) -> step.setUnstableErrors(ListText.lines(text)))
            .number("timeoutMinutes", AwaitStateMachineStep::setTimeoutMinutes)
            .number("historyMaxLines", AwaitStateMachineStep::setHistoryMaxLines);

    private AwaitStateMachineFields() {}
}
