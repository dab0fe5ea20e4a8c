package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedStates.START;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedStates.WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awsoperations.simulator.states.ExecutionView;
import io.jenkins.plugins.awsoperations.simulator.states.TaskCall;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

/** What tasks come to: scripts, tokens, timeouts, retries, and executions that start others. */
class StatesTasksTest {

    private static final String TOKEN_TASK = """
            {"StartAt": "T", "States": {"T": {"Type": "Task", "HeartbeatSeconds": 60, "TimeoutSeconds": 600,
              "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true}}}
            """;

    @RegisterExtension
    final SimulatedStates aws = new SimulatedStates();

    @Test
    void succeedsAfterASecondWithoutAScript() {
        String arn = aws.run(task(""), "{\"a\": 1}");
        assertThat(aws.status(arn)).isEqualTo("RUNNING");
        aws.passSeconds(1);
        assertThat(aws.describe(arn).output()).isEqualTo("{}");
        assertThat(aws.describe(arn).stopDate()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void tellsTheScriptWhatTheTaskIsGiven() {
        List<TaskCall> calls = new ArrayList<>();
        aws.world().task(call -> {
            calls.add(call);
            return null;
        });
        String arn = aws.run(task("\"Parameters\": {\"x.$\": \"$.a\"},"), "{\"a\": 1}");
        aws.passSeconds(1);
        assertThat(calls)
                .containsExactly(new TaskCall(arn, "run", "T", "arn:aws:states:::lambda:invoke", "{\"x\":1}", 1, 0));
    }

    @Test
    void selectsAndPlacesTheResult() {
        aws.world().task(call -> TaskOutcome.succeed("{\"n\": 3, \"m\": 4}"));
        String arn = aws.run(
                task("\"ResultSelector\": {\"only.$\": \"$.n\"}, \"ResultPath\": \"$.r\", \"OutputPath\": \"$.r\","),
                "{\"a\": 1}");
        aws.passSeconds(1);
        assertThat(aws.describe(arn).output()).isEqualTo("{\"only\":3}");
    }

    @Test
    void retriesAfterGrowingIntervalsThatHaveALimit() {
        List<Long> seconds = new ArrayList<>();
        aws.world().task(call -> {
            seconds.add(
                    Duration.between(START, aws.simulator().clock().instant()).toSeconds());
            return TaskOutcome.fail("E", "c").after(Duration.ZERO);
        });
        String arn = aws.run(
                task("\"Retry\": [{\"ErrorEquals\": [\"E\"], \"IntervalSeconds\": 2, \"BackoffRate\": 3,"
                        + " \"MaxDelaySeconds\": 10, \"MaxAttempts\": 4}],"),
                "{}");
        for (int i = 0; i < 100; i++) {
            aws.passSeconds(1);
            aws.status(arn);
        }
        assertThat(seconds).containsExactly(0L, 2L, 8L, 18L, 28L);
        assertThat(aws.status(arn)).isEqualTo("FAILED");
    }

    @ParameterizedTest
    @CsvSource({
        "E,                States.ALL,        true",
        "E,                States.TaskFailed, true",
        "E,                F,                 false",
        "States.Timeout,   States.TaskFailed, false",
        "States.Timeout,   States.Timeout,    true",
        "States.Runtime,   States.ALL,        false",
        "States.Runtime,   States.Runtime,    false",
    })
    void catchesErrorsByTheirNames(String error, String wanted, boolean caught) {
        aws.world().task(call -> TaskOutcome.fail(error, "c"));
        String arn = aws.run("""
                {"StartAt": "T", "States": {
                  "T": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": true,
                        "Catch": [{"ErrorEquals": ["%s"], "Next": "P"}]},
                  "P": {"Type": "Pass", "End": true}}}
                """.formatted(wanted), "{}");
        aws.passSeconds(1);
        assertThat(aws.status(arn)).isEqualTo(caught ? "SUCCEEDED" : "FAILED");
        if (caught) {
            assertThat(aws.describe(arn).output()).isEqualTo("{\"Error\":\"" + error + "\",\"Cause\":\"c\"}");
        }
    }

    @Test
    void usesEveryRetrierForItsOwnErrorsBeforeItCatches() {
        List<String> errors = List.of("A", "B", "A", "B", "B");
        List<Integer> attempts = new ArrayList<>();
        aws.world().task(call -> {
            attempts.add(call.attempt());
            return TaskOutcome.fail(errors.get(attempts.size() - 1), "c");
        });
        String arn = aws.run(
                task("\"Retry\": [{\"ErrorEquals\": [\"A\"], \"MaxAttempts\": 2}, {\"ErrorEquals\": [\"B\"],"
                        + " \"MaxAttempts\": 2}],"),
                "{}");
        aws.passSeconds(60);
        assertThat(aws.describe(arn).error()).isEqualTo("B");
        assertThat(attempts).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void timesOutATaskThatTakesTooLong() {
        aws.world().task(call -> TaskOutcome.succeed("{}").after(Duration.ofSeconds(30)));
        String late = aws.run(task("\"TimeoutSeconds\": 20,"), "{}");
        String early = aws.run(task("\"TimeoutSeconds\": 40,"), "{}");
        String byPath = aws.run(task("\"TimeoutSecondsPath\": \"$.t\","), "{\"t\": 5}");
        aws.passSeconds(30);
        assertThat(aws.describe(late).error()).isEqualTo("States.Timeout");
        assertThat(aws.describe(late).stopDate()).isEqualTo(START.plusSeconds(20));
        assertThat(aws.status(early)).isEqualTo("SUCCEEDED");
        assertThat(aws.describe(byPath).stopDate()).isEqualTo(START.plusSeconds(5));
    }

    @Test
    void waitsForSuccessByToken() {
        String arn = aws.run(TOKEN_TASK, "{}");
        String token = aws.world().openTaskTokens().get(0);
        aws.passSeconds(30);
        aws.client().sendTaskSuccess(r -> r.taskToken(token).output("{\"a\": 1}"));
        assertThat(aws.describe(arn).output()).isEqualTo("{\"a\":1}");
        assertThat(aws.world().openTaskTokens()).isEmpty();
        assertThat(messageOf(() -> aws.client().sendTaskFailure(r -> r.taskToken(token))))
                .isEqualTo("Task Timed Out: 'Provided task does not exist anymore'");
    }

    @Test
    void needsHeartbeatsWhereTheStateSaysSo() {
        String arn = aws.run(TOKEN_TASK, "{}");
        String token = aws.world().openTaskTokens().get(0);
        for (int i = 0; i < 5; i++) {
            aws.passSeconds(59);
            aws.client().sendTaskHeartbeat(r -> r.taskToken(token));
        }
        aws.passSeconds(59);
        assertThat(aws.status(arn)).isEqualTo("RUNNING");
        aws.passSeconds(1);
        assertThat(aws.describe(arn).error()).isEqualTo("States.Timeout");
        assertThat(codeOf(() -> aws.client().sendTaskHeartbeat(r -> r.taskToken(token))))
                .isEqualTo("TaskTimedOut");
    }

    @Test
    void endsAtTheTimeoutInSpiteOfHeartbeats() {
        String arn = aws.run(TOKEN_TASK, "{}");
        String token = aws.world().openTaskTokens().get(0);
        for (int i = 0; i < 19; i++) {
            aws.passSeconds(30);
            aws.client().sendTaskHeartbeat(r -> r.taskToken(token));
        }
        aws.passSeconds(30);
        assertThat(aws.describe(arn).error()).isEqualTo("States.Timeout");
        assertThat(aws.describe(arn).stopDate()).isEqualTo(START.plusSeconds(600));
    }

    @Test
    void refusesTokensAndOutputsThatAreNone() {
        String arn = aws.run(TOKEN_TASK, "{}");
        String token = aws.world().openTaskTokens().get(0);
        assertThat(token).matches("[A-Za-z0-9+/]+={0,2}").hasSizeGreaterThan(100);
        assertThat(codeOf(() ->
                        aws.client().sendTaskSuccess(r -> r.taskToken("token").output("{}"))))
                .isEqualTo("InvalidToken");
        assertThat(codeOf(
                        () -> aws.client().sendTaskSuccess(r -> r.taskToken("%").output("{}"))))
                .isEqualTo("InvalidToken");
        String foreign = token.substring(0, 15) + (token.charAt(15) == 'A' ? 'B' : 'A') + token.substring(16);
        assertThat(codeOf(() ->
                        aws.client().sendTaskSuccess(r -> r.taskToken(foreign).output("{}"))))
                .isEqualTo("TaskDoesNotExist");
        assertThat(codeOf(() ->
                        aws.client().sendTaskSuccess(r -> r.taskToken(token).output("no json"))))
                .isEqualTo("InvalidOutput");
        assertThat(codeOf(() -> aws.client()
                        .sendTaskSuccess(r -> r.taskToken(token).output("\"" + "x".repeat(262_143) + "\""))))
                .isEqualTo("ValidationException");
        assertThat(codeOf(() ->
                        aws.client().sendTaskFailure(r -> r.taskToken(token).error("e".repeat(257)))))
                .isEqualTo("ValidationException");
        assertThat(aws.status(arn)).isEqualTo("RUNNING");
    }

    @Test
    void startsAnExecutionAndDoesNotWaitForIt() {
        String child = aws.machine("child", WAITING);
        String arn = aws.run(starting("startExecution", child), "{}");
        aws.passSeconds(1);
        assertThat(aws.status(arn)).isEqualTo("SUCCEEDED");
        ExecutionView started = child();
        assertThat(started.status()).isEqualTo("RUNNING");
        assertThat(started.name()).isEqualTo("the-child");
        assertThat(started.input()).isEqualTo("{\"by\":\"" + arn + "\"}");
        assertThat(aws.describe(arn).output())
                .contains("\"ExecutionArn\":\"" + started.arn() + "\"")
                .contains("\"StartDate\":")
                .contains("\"SdkHttpMetadata\":");
    }

    @Test
    void waitsForAnExecutionThatItStartedAndDescribesIt() {
        String child = aws.machine("child", WAITING);
        String texts = aws.run(starting("startExecution.sync", child), "{}");
        aws.passSeconds(11);
        assertThat(aws.describe(texts).output())
                .contains("\"Status\":\"SUCCEEDED\"")
                .contains("\"Output\":\"{\\\"by\\\":\\\"" + texts + "\\\"}\"");
        assertThat(aws.history(texts))
                .extracting(HistoryEvent::typeAsString)
                .containsSubsequence("TaskScheduled", "TaskStarted", "TaskSubmitted", "TaskSucceeded");
    }

    @Test
    void givesDataInsteadOfTextsInTheSecondVersion() {
        String child = aws.machine("child", WAITING);
        String data = aws.run(starting("startExecution.sync:2", child), "{}");
        aws.passSeconds(11);
        assertThat(aws.describe(data).output()).contains("\"Output\":{\"by\":\"" + data + "\"}");
    }

    @Test
    void failsWithAnExecutionThatItWaitsFor() {
        String child =
                aws.machine("child", "{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\",\"Error\":\"E\"}}}");
        String arn = aws.run(starting("startExecution.sync", child), "{}");
        aws.passSeconds(1);
        assertThat(aws.describe(arn).error()).isEqualTo("States.TaskFailed");
        assertThat(aws.describe(arn).cause()).contains("\"Error\":\"E\"").contains("\"Status\":\"FAILED\"");
    }

    @Test
    void stopsOnlyThoseExecutionsWithItThatItWaitsFor() {
        String child = aws.machine("child", WAITING);
        String sync = aws.run(starting("startExecution.sync", child), "{}");
        aws.passSeconds(1);
        aws.client().stopExecution(r -> r.executionArn(sync));
        assertThat(child().status()).isEqualTo("ABORTED");

        String byToken = aws.run(starting("startExecution.waitForTaskToken", aws.machine("other", WAITING)), "{}");
        aws.passSeconds(1);
        aws.client().stopExecution(r -> r.executionArn(byToken));
        assertThat(child().machineArn()).endsWith(":other");
        assertThat(child().status()).isEqualTo("RUNNING");
        assertThat(aws.world().openTaskTokens()).isEmpty();
    }

    @Test
    void failsWhenTheExecutionCannotBeStarted() {
        String machine = "arn:aws:states:ap-northeast-1:123456789012:stateMachine:none";
        String arn = aws.run(starting("startExecution", machine), "{}");
        aws.passSeconds(1);
        assertThat(aws.describe(arn).error()).isEqualTo("StepFunctions.StateMachineDoesNotExistException");
        assertThat(aws.describe(arn).cause())
                .startsWith("State Machine Does Not Exist: '" + machine
                        + "' (Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist;");
    }

    @Test
    void failsWhenATokenIsAnsweredTwice() {
        String arn = aws.run("""
                {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:sfn:sendTaskSuccess",
                  "Parameters": {"TaskToken": "none", "Output.$": "$"}, "End": true}}}
                """, "{}");
        aws.passSeconds(1);
        assertThat(aws.describe(arn).error()).isEqualTo("Sfn.InvalidTokenException");
        assertThat(aws.describe(arn).cause())
                .startsWith("Invalid Token: 'Invalid token' (Service: Sfn, Status Code: 400");
    }

    @Test
    void failsWhenAnEventIsNotTaken() {
        String arn = aws.run("""
                {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:states:::events:putEvents",
                  "Parameters": {"Entries": [{"Source": "aws.mine", "DetailType": "t", "Detail": {"a": 1}}]}, "End": true}}}
                """, "{}");
        aws.passSeconds(1);
        assertThat(aws.describe(arn).error()).isEqualTo("EventBridge.FailedEntry");
        assertThat(aws.describe(arn).cause()).contains("NotAuthorizedForSourceException");
    }

    @Test
    void addsTheExecutionToTheResourcesOfItsEvents() {
        String arn = aws.run("""
                {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:states:::events:putEvents",
                  "Parameters": {"Entries": [{"Source": "mine", "DetailType": "t", "Detail": {"a": 1}, "Resources": ["x"]}]},
                  "End": true}}}
                """, "{}");
        aws.passSeconds(1);
        assertThat(aws.describe(arn).output()).contains("\"FailedEntryCount\":0");
        assertThat(aws.simulator().events().received().get(0).resources())
                .containsExactly("x", arn, "arn:aws:states:ap-northeast-1:123456789012:stateMachine:machine-0");
    }

    @Test
    void takesTimeEvenWhenAMachineStartsItself() {
        String machine = "arn:aws:states:ap-northeast-1:123456789012:stateMachine:again";
        aws.machine("again", """
                {"StartAt": "T", "States": {"T": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution",
                  "Parameters": {"StateMachineArn": "%s"}, "End": true}}}
                """.formatted(machine));
        aws.start(machine, "first", "{}");
        aws.passSeconds(1);
        assertThat(aws.world().executions()).hasSize(11);
    }

    @Test
    void refusesOutcomesThatMakeNoSense() {
        assertThatThrownBy(() -> TaskOutcome.succeed("{")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TaskOutcome.timeOut().after(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** The execution that was started last. */
    private ExecutionView child() {
        List<ExecutionView> all = aws.world().executions();
        return all.get(all.size() - 1);
    }

    private static String starting(String action, String machine) {
        return """
                {"StartAt": "S", "States": {"S": {"Type": "Task", "Resource": "arn:aws:states:::states:%s", "End": true,
                  "Parameters": {"StateMachineArn": "%s", "Name": "the-child", "Input": {"by.$": "$$.Execution.Id"}}}}}
                """.formatted(action, machine);
    }

    private static String task(String fields) {
        return "{\"StartAt\": \"T\", \"States\": {\"T\": {\"Type\": \"Task\", " + fields
                + " \"Resource\": \"arn:aws:states:::lambda:invoke\", \"End\": true}}}";
    }
}
