package io.jenkins.plugins.awsoperations.jenkins;

/** Definitions of state machines for tests. */
public final class StateMachines {

    /** One task. */
    public static final String ONE_TASK = """
            {"StartAt": "Job 1", "States": {
                "Job 1": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:ssm:getParameter", "End": true}}}
            """;

    /** Two tasks, one after the other. */
    public static final String TWO_TASKS = """
            {"StartAt": "Job 1", "States": {
                "Job 1": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:ssm:getParameter", "Next": "Job 2"},
                "Job 2": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:ssm:getParameter", "End": true}}}
            """;

    /** A task that is tried three times and then caught. */
    public static final String RETRIED_AND_CAUGHT = """
            {"StartAt": "Job 1", "States": {
                "Job 1": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:ssm:getParameter", "Next": "Job 2",
                    "Retry": [{"ErrorEquals": ["Flaky"], "IntervalSeconds": 2, "MaxAttempts": 2}],
                    "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Job 2"}]},
                "Job 2": {"Type": "Pass", "End": true}}}
            """;

    private StateMachines() {}

    /** One task that starts an execution of another state machine and waits for it. */
    public static String parentOf(String childMachineArn) {
        return """
                {"StartAt": "Child", "States": {
                    "Child": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
                        "Parameters": {"StateMachineArn": "%s", "Input": {}}, "End": true}}}
                """.formatted(childMachineArn);
    }
}
