package io.jenkins.plugins.awsoperations.alert;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks whether an event bus exists, because PutEvents does not: it answers with success, and an event to a bus that does not
 * exist is lost (github.com/aws/aws-sdk, issue 186).
 */
final class BusCheck {

    private static final Pattern ARN = Pattern.compile("arn:[^:]+:events:([^:]+):([^:]+):event-bus/.+");

    private final AwsConnection aws;

    BusCheck(AwsConnection aws) {
        this.aws = aws;
    }

    /**
     * Looks once. When AWS does not let us see the bus, the event is sent all the same.
     *
     * @throws OperationException of kind NOT_FOUND when AWS says that there is no such bus
     */
    void requireBus(String bus, OperationLog log) {
        if (bus.equals(FailEventRequest.DEFAULT_EVENT_BUS) || isElsewhere(bus)) {
            return;
        }
        try {
            aws.call(
                    "events",
                    "DescribeEventBus",
                    "bus " + bus,
                    () -> aws.eventBridge().describeEventBus(r -> r.name(bus)));
        } catch (AwsCallException e) {
            if (e.hasCode("ResourceNotFoundException")) {
                throw missing(bus, e);
            }
            if (!e.isTransient()) {
                log.line("cannot see whether bus " + bus + " exists ("
                        + e.failure().awsCode() + "); AWS takes events for a bus that does not, and loses them");
            }
        }
    }

    /** Buses of other accounts and regions cannot be looked at from here. */
    private boolean isElsewhere(String bus) {
        Matcher arn = ARN.matcher(bus);
        return arn.matches()
                && !(arn.group(1).equals(aws.region())
                        && arn.group(2).equals(aws.identity().accountId()));
    }

    private OperationException missing(String bus, AwsCallException e) {
        return new OperationException(OperationFailure.ofAws(
                FailureKind.NOT_FOUND,
                "event bus " + bus + " does not exist in account "
                        + aws.identity().accountId() + ", region " + aws.region() + ", so the event was not sent",
                "Create the bus, or change eventBus: AWS would take the event and lose it.",
                e.failure().awsCode(),
                e.failure().awsMessage(),
                e.failure().requestId()));
    }
}
