package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.History;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.OnAbort;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequestBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The parameters of {@code awaitStateMachine}. Limits are checked by {@link ExecutionRequest}, as for Jenkins. */
final class ExecutionOptions {

    @Option(
            names = "--state-machine",
            paramLabel = "NAME|ARN",
            description = "The state machine to start: its name, or its ARN, perhaps with a version or an alias.")
    @Nullable
    String stateMachine;

    @Option(names = "--execution-arn", paramLabel = "ARN", description = "Start nothing and follow this execution.")
    @Nullable
    String executionArn;

    @Option(names = "--input", paramLabel = "JSON", description = "The execution's input. Default: {}.")
    @Nullable
    String input;

    @Option(names = "--input-file", paramLabel = "FILE", description = "A file with the input, UTF-8.")
    @Nullable
    Path inputFile;

    @Option(
            names = "--execution-name",
            paramLabel = "NAME",
            description = "The execution's name, which AWS keeps for 90 days. Default: job, build and a random token.")
    @Nullable
    String executionName;

    @Option(
            names = "--link-parent",
            paramLabel = "TEXT",
            description =
                    "Add AWS_OPERATIONS_STARTED_BY with this text to an input that is an object. Default: the input"
                            + " is sent as it is.")
    @Nullable
    String linkParent;

    @Option(
            names = "--timeout-minutes",
            paramLabel = "M",
            description =
                    "How long to wait at most, 1 to 525600; then as at Ctrl-C. Default: as long as AWS lets it run.")
    @Nullable
    Integer timeoutMinutes;

    @Option(
            names = "--on-abort",
            paramLabel = "MODE",
            defaultValue = "STOP",
            description = "At Ctrl-C and at the timeout, STOP the execution, or DETACH and let it go on. Default:"
                    + " ${DEFAULT-VALUE}.")
    OnAbort onAbort = OnAbort.STOP;

    @Option(
            names = "--history",
            paramLabel = "HOW",
            defaultValue = "STATES",
            description = "What goes into the log: NONE, STATES, or ALL events. Default: ${DEFAULT-VALUE}.")
    History history = History.STATES;

    @Option(
            names = "--history-max-lines",
            paramLabel = "N",
            defaultValue = "500",
            description = "Lines of history in the log at most, 1 to 25000. Default: ${DEFAULT-VALUE}.")
    int historyMaxLines;

    @Option(
            names = "--unstable-error",
            paramLabel = "NAME",
            description = "An execution that ends with this error is told as UNSTABLE, with exit code 0; may be given"
                    + " several times.")
    List<String> unstableErrors = new ArrayList<>();

    @Option(
            names = "--redrive-of",
            paramLabel = "ARN",
            description = "Continue this execution from the state in which it failed if AWS allows that and it is not a"
                    + " Fail state; otherwise start anew, and the log says why.")
    @Nullable
    String redriveOf;

    ExecutionRequest request() {
        ExecutionRequestBuilder request = ExecutionRequest.builder()
                .stateMachine(stateMachine)
                .executionArn(executionArn)
                .input(givenInput())
                .executionName(executionName)
                .timeoutMinutes(timeoutMinutes)
                .onAbort(onAbort)
                .history(history)
                .historyMaxLines(historyMaxLines)
                .unstableErrors(unstableErrors)
                .parent(linkParent);
        if (redriveOf != null) {
            checkRedriveOf(redriveOf);
            request.redrive(true).previousExecutionArn(redriveOf);
        }
        return request.build();
    }

    private @Nullable String givenInput() {
        if (inputFile == null) {
            return input;
        }
        if (input != null) {
            throw invalid("--input and --input-file exclude each other");
        }
        try {
            return TextFile.read(inputFile);
        } catch (IOException e) {
            throw invalid("--input-file '" + inputFile + "' cannot be read as UTF-8 text: " + e);
        }
    }

    private static void checkRedriveOf(String arn) {
        ExecutionRequest.builder().executionArn(arn).problems().stream()
                .filter(problem -> problem.field().equals("executionArn"))
                .findFirst()
                .ifPresent(problem -> {
                    throw invalid("--redrive-of " + problem.message());
                });
    }

    private static OperationException invalid(String message) {
        return new OperationException(OperationFailure.of(FailureKind.CONFIGURATION, message, "Nothing was done."));
    }
}
