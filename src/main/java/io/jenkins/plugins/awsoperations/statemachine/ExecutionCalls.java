package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionRedriveStatus;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.IncludedData;
import software.amazon.awssdk.services.sfn.model.ListExecutionsResponse;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

/** The calls to Step Functions. */
final class ExecutionCalls {

    private static final String SERVICE = "states";
    private static final int MOST_PER_PAGE = 1000;

    private final AwsConnection aws;

    ExecutionCalls(AwsConnection aws) {
        this.aws = aws;
    }

    /**
     * A started execution.
     *
     * @param arn its ARN
     * @param startedAt when AWS says that it began
     */
    record Started(String arn, Instant startedAt) {}

    /**
     * What DescribeExecution tells.
     *
     * @param ending how it stands
     * @param machineArn its state machine
     * @param input its input, or null when AWS does not give it
     * @param isRedrivable whether it can be continued
     * @param whyNot why it cannot
     */
    record Description(
            Ending ending,
            String machineArn,
            @Nullable String input,
            boolean isRedrivable,
            @Nullable String whyNot) {}

    /**
     * A page of a list.
     *
     * @param next the token of the next one, or null
     */
    record Page<T>(List<T> items, @Nullable String next) {}

    /** Whether the state machine is EXPRESS. */
    boolean isExpress(String machineArn) {
        return aws.call(
                SERVICE,
                "DescribeStateMachine",
                machineArn,
                () -> aws.sfn()
                                .describeStateMachine(
                                        r -> r.stateMachineArn(machineArn).includedData(IncludedData.METADATA_ONLY))
                                .type()
                        == StateMachineType.EXPRESS);
    }

    /** The names of state machines. */
    Page<String> machines(@Nullable String token) {
        return aws.call(SERVICE, "ListStateMachines", "the state machines of " + aws.region(), () -> {
            ListStateMachinesResponse reply =
                    aws.sfn().listStateMachines(r -> r.maxResults(MOST_PER_PAGE).nextToken(token));
            return new Page<>(reply.stateMachines().stream().map(m -> m.name()).toList(), reply.nextToken());
        });
    }

    /** Starts an execution. Asked again with the same name and input, AWS answers the same as long as it runs. */
    Started start(String startArn, String name, String input) {
        return aws.call(SERVICE, "StartExecution", startArn, () -> {
            StartExecutionResponse reply = aws.sfn()
                    .startExecution(r -> r.stateMachineArn(startArn).name(name).input(input));
            return new Started(reply.executionArn(), reply.startDate());
        });
    }

    /** How an execution stands, with output and input. */
    Description describe(String executionArn) {
        return aws.call(
                SERVICE,
                "DescribeExecution",
                executionArn,
                () -> description(aws.sfn().describeExecution(r -> r.executionArn(executionArn))));
    }

    private static Description description(DescribeExecutionResponse reply) {
        ExecutionRedriveStatus redrive = reply.redriveStatus();
        return new Description(
                new Ending(
                        String.valueOf(reply.statusAsString()),
                        reply.output(),
                        reply.error(),
                        reply.cause(),
                        reply.startDate(),
                        reply.stopDate(),
                        reply.redriveCount() == null ? 0 : reply.redriveCount()),
                reply.stateMachineArn(),
                reply.input(),
                redrive == ExecutionRedriveStatus.REDRIVABLE,
                reply.redriveStatusReason());
    }

    /**
     * A page of the history, newest first.
     *
     * @param size how many events at most
     * @param withData with what tasks were given and gave, without which a task's child execution is not known
     */
    Page<Event> history(String executionArn, int size, boolean withData, @Nullable String token) {
        return aws.call(SERVICE, "GetExecutionHistory", executionArn, () -> {
            GetExecutionHistoryResponse reply = aws.sfn()
                    .getExecutionHistory(r -> r.executionArn(executionArn)
                            .reverseOrder(true)
                            .maxResults(size)
                            .includeExecutionData(withData)
                            .nextToken(token));
            List<Event> events = new ArrayList<>();
            reply.events().forEach(event -> events.add(Events.of(event)));
            return new Page<>(events, reply.nextToken());
        });
    }

    /** The ARNs of a page of a state machine's running executions, newest first. */
    Page<String> running(String machineArn, @Nullable String token) {
        return aws.call(SERVICE, "ListExecutions", machineArn, () -> {
            ListExecutionsResponse reply = aws.sfn()
                    .listExecutions(r -> r.stateMachineArn(machineArn)
                            .statusFilter(ExecutionStatus.RUNNING)
                            .maxResults(MOST_PER_PAGE)
                            .nextToken(token));
            return new Page<>(
                    reply.executions().stream()
                            .map(ExecutionListItem::executionArn)
                            .toList(),
                    reply.nextToken());
        });
    }

    /** Asks AWS to stop an execution; asked again, it answers the same. */
    void stop(String executionArn, String error, String cause) {
        aws.call(
                SERVICE,
                "StopExecution",
                executionArn,
                () -> aws.sfn()
                        .stopExecution(
                                r -> r.executionArn(executionArn).error(error).cause(cause)));
    }

    /** Continues an execution that has failed; asked again with the same token, AWS does it once. */
    void redrive(String executionArn, String clientToken) {
        aws.call(
                SERVICE,
                "RedriveExecution",
                executionArn,
                () -> aws.sfn()
                        .redriveExecution(r -> r.executionArn(executionArn).clientToken(clientToken)));
    }

    /** Whether AWS does not know the execution, or not yet. */
    static boolean isUnknown(AwsCallException e) {
        return e.hasCode("ExecutionDoesNotExist");
    }
}
