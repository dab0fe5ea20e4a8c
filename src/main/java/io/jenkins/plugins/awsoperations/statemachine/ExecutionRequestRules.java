package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The limits of every parameter of {@code awaitStateMachine}, in one place for the Pipeline step, the form and the command
 * line. AWS's limits are those of the Step Functions API reference (StartExecution) and of its quotas.
 */
final class ExecutionRequestRules {

    /** UTF-8 bytes of an input, an output or a result. */
    static final int MAX_INPUT_BYTES = 262_144;

    private static final int MINUTES_OF_A_YEAR = 525_600;

    /** The most events that an execution can have. */
    private static final int MOST_EVENTS = 25_000;

    private static final Pattern NAME = Pattern.compile(StateMachineRef.NAME);

    private ExecutionRequestRules() {}

    static List<Problem> check(ExecutionRequestBuilder b) {
        Problems problems = new Problems();
        if (b.stateMachine == null && b.executionArn == null) {
            problems.add("stateMachine", "or executionArn must be given: nothing says what to wait for");
        }
        stateMachine(b, problems);
        executionArn(b, problems);
        input(b, problems);
        if (b.executionName != null && !NAME.matcher(b.executionName).matches()) {
            problems.add(
                    "executionName",
                    "must be 1 to 80 characters without spaces, control characters and any of"
                            + " < > { } [ ] ? * \" # % \\ ^ | ~ ` $ & , ; : /, not '" + b.executionName + "'");
        }
        problems.range("timeoutMinutes", b.timeoutMinutes, 1, MINUTES_OF_A_YEAR);
        problems.range("historyMaxLines", b.historyMaxLines, 1, MOST_EVENTS);
        for (String error : b.unstableErrors) {
            if (error.isBlank() || error.length() > 256) {
                problems.add("unstableErrors", "must be names of 1 to 256 characters, not '" + error + "'");
            }
        }
        return problems.all();
    }

    private static void stateMachine(ExecutionRequestBuilder b, Problems problems) {
        String given = b.stateMachine;
        if (given == null) {
            return;
        }
        if (b.executionArn != null) {
            problems.add("stateMachine", "and executionArn exclude each other: an execution is started or followed");
        }
        if (StateMachineRef.parse(given).isPresent()) {
            return;
        }
        if (ExecutionRef.parse(given).isPresent()) {
            problems.add("stateMachine", "is the ARN of an execution: give it as executionArn to follow it");
        } else if (given.contains("/")) {
            problems.add("stateMachine", "is the ARN of a part of a state machine, which AWS does not start: " + given);
        } else {
            problems.add(
                    "stateMachine",
                    "must be a name or arn:aws:states:<region>:<account>:stateMachine:<name>, perhaps with :<version or"
                            + " alias>, not '" + given + "'");
        }
    }

    private static void executionArn(ExecutionRequestBuilder b, Problems problems) {
        String given = b.executionArn;
        if (given == null) {
            return;
        }
        Optional<ExecutionRef> parsed = ExecutionRef.parse(given);
        if (parsed.isEmpty()) {
            problems.add(
                    "executionArn",
                    "must be arn:aws:states:<region>:<account>:execution:<state machine>:<name>, not '" + given + "'");
        } else if (parsed.get().isExpress()) {
            problems.add(
                    "executionArn", "is an execution of an EXPRESS state machine: " + ResolvePhase.WHY_NOT_EXPRESS);
        }
        onlyForStart(problems, "input", b.input);
        onlyForStart(problems, "executionName", b.executionName);
        if (b.redrive) {
            problems.add("redrive", "is for what is started; executionArn follows what was started elsewhere");
        }
    }

    private static void onlyForStart(Problems problems, String field, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            problems.add(field, "is for what is started; executionArn follows what was started elsewhere");
        }
    }

    private static void input(ExecutionRequestBuilder b, Problems problems) {
        if (b.inputProblem != null) {
            problems.add("input", b.inputProblem);
            return;
        }
        if (b.input != null && !b.input.isBlank()) {
            Optional<String> wrong = JsonText.problem(b.input);
            if (wrong.isPresent()) {
                problems.add("input", wrong.get());
                return;
            }
        }
        int bytes = b.effectiveInput().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_INPUT_BYTES) {
            problems.add(
                    "input",
                    "has " + bytes + " bytes, and AWS takes " + MAX_INPUT_BYTES
                            + ": put the data into S3 and give its address");
        }
    }
}
