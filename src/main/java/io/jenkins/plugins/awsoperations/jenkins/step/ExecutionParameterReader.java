package io.jenkins.plugins.awsoperations.jenkins.step;

import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.Problems;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequestBuilder;
import java.util.List;
import java.util.Map;

/** Makes a valid request of the step's parameters, or says of each what is wrong with it. */
final class ExecutionParameterReader extends ParameterReader {

    private final AwaitStateMachineParameters from;

    ExecutionParameterReader(AwaitStateMachineParameters from) {
        this.from = from;
    }

    /**
     * @param build the address of the build, for the link in the input
     * @throws OperationException of kind CONFIGURATION that names every parameter that is wrong
     */
    ExecutionRequest request(String build) {
        ExecutionRequestBuilder builder = builder().parent(from.isLinkParent() ? build : null);
        Problems.refuse(problemsWith(builder.problems()));
        return builder.build();
    }

    /** What is wrong with the parameters, by field. */
    List<Problem> problems() {
        return problemsWith(builder().problems());
    }

    private ExecutionRequestBuilder builder() {
        return withInput(ExecutionRequest.builder())
                .stateMachine(from.getStateMachine())
                .executionArn(from.getExecutionArn())
                .executionName(from.getExecutionName())
                .timeoutMinutes(from.getTimeoutMinutes())
                .onAbort(choice("onAbort", from.getOnAbort(), ExecutionRequest.OnAbort.STOP))
                .history(choice("history", from.getHistory(), ExecutionRequest.History.STATES))
                .historyMaxLines(from.getHistoryMaxLines())
                .unstableErrors(orEmpty(from.getUnstableErrors()))
                .redrive(from.isRedrive());
    }

    @SuppressWarnings("unchecked")
    private ExecutionRequestBuilder withInput(ExecutionRequestBuilder to) {
        Object input = from.getInput();
        return input instanceof Map<?, ?> ? to.input((Map<String, ?>) input) : to.input((String) input);
    }
}
