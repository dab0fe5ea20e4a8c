package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedStates.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** Histories: which events there are, what they follow, and how they are read. The chains are those of real executions. */
class StatesHistoryTest {

    @RegisterExtension
    final SimulatedStates aws = new SimulatedStates();

    @Test
    void chainsTheEventsOfStatesOneAfterTheOther() {
        String arn = aws.run("""
                {"StartAt": "A", "States": {
                  "A": {"Type": "Pass", "Next": "B"},
                  "B": {"Type": "Choice", "Choices": [{"Variable": "$.x", "IsPresent": true, "Next": "C"}], "Default": "C"},
                  "C": {"Type": "Wait", "Seconds": 2, "Next": "D"},
                  "D": {"Type": "Succeed"}}}
                """, "{}");
        aws.passSeconds(2);
        assertThat(aws.chain(arn)).isEqualTo("""
                        1 0 ExecutionStarted
                        2 0 PassStateEntered
                        3 2 PassStateExited
                        4 3 ChoiceStateEntered
                        5 4 ChoiceStateExited
                        6 5 WaitStateEntered
                        7 6 WaitStateExited
                        8 7 SucceedStateEntered
                        9 8 SucceedStateExited
                        10 9 ExecutionSucceeded
                        """);
        List<HistoryEvent> events = aws.history(arn);
        assertThat(events.get(0).executionStartedEventDetails().input()).isEqualTo("{}");
        assertThat(events.get(0).executionStartedEventDetails().roleArn())
                .isEqualTo("arn:aws:iam::123456789012:role/simulator");
        assertThat(events.get(5).stateEnteredEventDetails().name()).isEqualTo("C");
        assertThat(events.get(5).timestamp()).isEqualTo(START);
        assertThat(events.get(6).timestamp()).isEqualTo(START.plusSeconds(2));
        assertThat(events.get(9).executionSucceededEventDetails().output()).isEqualTo("{}");
    }

    @Test
    void letsARetryFollowTheFailure() {
        aws.world().task(call -> call.attempt() < 3 ? TaskOutcome.fail("E", "c") : TaskOutcome.succeed("{}"));
        String arn = aws.run(
                task(
                        "arn:aws:states:::lambda:invoke",
                        "\"Retry\": [{\"ErrorEquals\": [\"E\"], \"IntervalSeconds\": 1}],"),
                "{}");
        aws.passSeconds(10);
        assertThat(aws.chain(arn)).isEqualTo("""
                        1 0 ExecutionStarted
                        2 0 TaskStateEntered
                        3 2 TaskScheduled
                        4 3 TaskStarted
                        5 4 TaskFailed
                        6 5 TaskScheduled
                        7 6 TaskStarted
                        8 7 TaskFailed
                        9 8 TaskScheduled
                        10 9 TaskStarted
                        11 10 TaskSucceeded
                        12 11 TaskStateExited
                        13 12 ExecutionSucceeded
                        """);
    }

    @Test
    void letsTheExitOfACaughtStateFollowTheFailure() {
        aws.world().task(call -> TaskOutcome.fail("E", "c"));
        String arn = aws.run("""
                {"StartAt": "T", "States": {
                  "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
                        "Catch": [{"ErrorEquals": ["States.ALL"], "ResultPath": "$.error", "Next": "P"}]},
                  "P": {"Type": "Pass", "End": true}}}
                """, "{\"a\": 1}");
        aws.passSeconds(1);
        assertThat(aws.chain(arn)).isEqualTo("""
                        1 0 ExecutionStarted
                        2 0 TaskStateEntered
                        3 2 TaskScheduled
                        4 3 TaskStarted
                        5 4 TaskFailed
                        6 5 TaskStateExited
                        7 6 PassStateEntered
                        8 7 PassStateExited
                        9 8 ExecutionSucceeded
                        """);
        assertThat(aws.history(arn).get(5).stateExitedEventDetails().output())
                .isEqualTo("{\"a\":1,\"error\":{\"Error\":\"E\",\"Cause\":\"c\"}}");
    }

    @Test
    void namesResourceAndParametersOfATask() {
        String arn = aws.run("""
                {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                  "TimeoutSeconds": 600, "HeartbeatSeconds": 60, "Parameters": {"Token.$": "$$.Task.Token"}, "End": true}}}
                """, "{}");
        String token = aws.world().taskToken(arn, "T").orElseThrow();
        aws.client().sendTaskFailure(r -> r.taskToken(token).error("E").cause("c"));
        assertThat(aws.chain(arn)).isEqualTo("""
                        1 0 ExecutionStarted
                        2 0 TaskStateEntered
                        3 2 TaskScheduled
                        4 3 TaskStarted
                        5 4 TaskSubmitted
                        6 5 TaskFailed
                        7 6 ExecutionFailed
                        """);
        List<HistoryEvent> events = aws.history(arn);
        var scheduled = events.get(2).taskScheduledEventDetails();
        assertThat(scheduled.resourceType()).isEqualTo("sqs");
        assertThat(scheduled.resource()).isEqualTo("sendMessage.waitForTaskToken");
        assertThat(scheduled.region()).isEqualTo("ap-northeast-1");
        assertThat(scheduled.parameters()).isEqualTo("{\"Token\":\"" + token + "\"}");
        assertThat(scheduled.timeoutInSeconds()).isEqualTo(600);
        assertThat(scheduled.heartbeatInSeconds()).isEqualTo(60);
        assertThat(events.get(3).taskStartedEventDetails().resourceType()).isEqualTo("sqs");
        assertThat(events.get(4).taskSubmittedEventDetails().output()).contains("\"HttpStatusCode\":200");
        assertThat(events.get(5).taskFailedEventDetails().error()).isEqualTo("E");
        assertThat(events.get(6).executionFailedEventDetails().cause()).isEqualTo("c");
    }

    @Test
    void hasEventsOfItsOwnForFunctionsAndActivities() {
        aws.world()
                .task(call -> call.resource().contains("slow")
                        ? TaskOutcome.timeOut()
                        : call.resource().contains("bad") ? TaskOutcome.fail("E", "c") : TaskOutcome.succeed("1"));
        String good = aws.run(task("arn:aws:lambda:ap-northeast-1:123456789012:function:good", ""), "{}");
        String bad = aws.run(task("arn:aws:lambda:ap-northeast-1:123456789012:function:bad", ""), "{}");
        String slow = aws.run(
                task("arn:aws:lambda:ap-northeast-1:123456789012:function:slow", "\"TimeoutSeconds\": 5,"), "{}");
        String activity = aws.run(task("arn:aws:states:ap-northeast-1:123456789012:activity:good", ""), "{}");
        aws.passSeconds(5);
        assertThat(types(good)).contains("LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded");
        assertThat(aws.history(good)
                        .get(2)
                        .lambdaFunctionScheduledEventDetails()
                        .resource())
                .endsWith("function:good");
        assertThat(aws.history(good)
                        .get(4)
                        .lambdaFunctionSucceededEventDetails()
                        .output())
                .isEqualTo("1");
        assertThat(types(bad)).contains("LambdaFunctionFailed");
        assertThat(aws.history(bad).get(4).lambdaFunctionFailedEventDetails().error())
                .isEqualTo("E");
        assertThat(types(slow)).contains("LambdaFunctionTimedOut");
        assertThat(aws.history(slow).get(4).lambdaFunctionTimedOutEventDetails().error())
                .isEqualTo("States.Timeout");
        assertThat(types(activity)).contains("ActivityScheduled", "ActivityStarted", "ActivitySucceeded");
    }

    @Test
    void startsEveryBranchFromTheStartOfTheParallelState() {
        String arn = aws.run("""
                {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true, "Branches": [
                  {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 1, "End": true}}},
                  {"StartAt": "B", "States": {"B": {"Type": "Wait", "Seconds": 2, "End": true}}}]}}}
                """, "{}");
        aws.passSeconds(2);
        assertThat(aws.chain(arn)).isEqualTo("""
                        1 0 ExecutionStarted
                        2 0 ParallelStateEntered
                        3 2 ParallelStateStarted
                        4 3 WaitStateEntered
                        5 3 WaitStateEntered
                        6 4 WaitStateExited
                        7 5 WaitStateExited
                        8 7 ParallelStateSucceeded
                        9 7 ParallelStateExited
                        10 9 ExecutionSucceeded
                        """);
    }

    @Test
    void retriesAParallelStateFromTheEventOfItsFailure() {
        String arn = aws.run("""
                {"StartAt": "P", "States": {"P": {"Type": "Parallel", "End": true,
                  "Retry": [{"ErrorEquals": ["E"], "MaxAttempts": 1}],
                  "Branches": [{"StartAt": "F", "States": {"F": {"Type": "Fail", "Error": "E"}}}]}}}
                """, "{}");
        aws.passSeconds(1);
        assertThat(aws.chain(arn)).isEqualTo("""
                        1 0 ExecutionStarted
                        2 0 ParallelStateEntered
                        3 2 ParallelStateStarted
                        4 3 FailStateEntered
                        5 4 ParallelStateStarted
                        6 5 FailStateEntered
                        7 6 ParallelStateFailed
                        8 7 ExecutionFailed
                        """);
    }

    @Test
    void letsOneIterationFollowTheOther() {
        String arn = aws.run("""
                {"StartAt": "M", "States": {"M": {"Type": "Map", "MaxConcurrency": 1, "End": true, "ItemProcessor":
                  {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}}}}
                """, "[1, 2]");
        assertThat(aws.chain(arn)).isEqualTo("""
                        1 0 ExecutionStarted
                        2 0 MapStateEntered
                        3 2 MapStateStarted
                        4 3 MapIterationStarted
                        5 4 PassStateEntered
                        6 5 PassStateExited
                        7 6 MapIterationSucceeded
                        8 6 MapIterationStarted
                        9 8 PassStateEntered
                        10 9 PassStateExited
                        11 10 MapIterationSucceeded
                        12 11 MapStateSucceeded
                        13 11 MapStateExited
                        14 13 ExecutionSucceeded
                        """);
        assertThat(aws.history(arn).get(2).mapStateStartedEventDetails().length())
                .isEqualTo(2);
        assertThat(aws.history(arn).get(7).mapIterationStartedEventDetails().index())
                .isEqualTo(1);
    }

    @Test
    void abortsTheOtherIterationsWhenOneFails() {
        aws.world()
                .task(call ->
                        call.parametersJson().equals("2") ? TaskOutcome.fail("E", "c") : TaskOutcome.waitForToken());
        String arn = aws.run("""
                {"StartAt": "M", "States": {"M": {"Type": "Map", "End": true,
                  "Catch": [{"ErrorEquals": ["E"], "Next": "P"}],
                  "ItemProcessor": {"StartAt": "T", "States": {
                    "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true}}}},
                  "P": {"Type": "Pass", "End": true}}}
                """, "[1, 2]");
        aws.passSeconds(1);
        assertThat(aws.chain(arn)).isEqualTo("""
                        1 0 ExecutionStarted
                        2 0 MapStateEntered
                        3 2 MapStateStarted
                        4 3 MapIterationStarted
                        5 3 MapIterationStarted
                        6 4 TaskStateEntered
                        7 6 TaskScheduled
                        8 7 TaskStarted
                        9 5 TaskStateEntered
                        10 9 TaskScheduled
                        11 10 TaskStarted
                        12 11 TaskFailed
                        13 12 MapIterationFailed
                        14 12 TaskStateAborted
                        15 12 MapIterationAborted
                        16 12 MapStateFailed
                        17 16 MapStateExited
                        18 17 PassStateEntered
                        19 18 PassStateExited
                        20 19 ExecutionSucceeded
                        """);
        assertThat(aws.world().openTaskTokens()).isEmpty();
        assertThat(aws.history(arn).get(14).mapIterationAbortedEventDetails().index())
                .isZero();
    }

    @Test
    void showsAStopAsAnEventThatFollowsNothing() {
        String arn = aws.run(SimulatedStates.WAITING, "{}");
        aws.client().stopExecution(r -> r.executionArn(arn).error("E").cause("c"));
        assertThat(aws.chain(arn)).isEqualTo("""
                        1 0 ExecutionStarted
                        2 0 WaitStateEntered
                        3 0 ExecutionAborted
                        """);
        assertThat(aws.history(arn).get(2).executionAbortedEventDetails().error())
                .isEqualTo("E");
    }

    private static String task(String resource, String more) {
        return "{\"StartAt\": \"T\", \"States\": {\"T\": {\"Type\": \"Task\", " + more + " \"Resource\": \"" + resource
                + "\", \"End\": true}}}";
    }

    private List<String> types(String arn) {
        return aws.history(arn).stream().map(HistoryEvent::typeAsString).toList();
    }
}
