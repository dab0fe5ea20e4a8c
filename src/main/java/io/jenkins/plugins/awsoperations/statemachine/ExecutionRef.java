package io.jenkins.plugins.awsoperations.statemachine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of an execution's ARN.
 *
 * @param partition {@code aws}, {@code aws-cn}, …
 * @param region the AWS region id
 * @param account the account's number
 * @param machine the state machine's name
 * @param name the execution's name
 * @param isExpress whether it is one of an EXPRESS state machine
 */
record ExecutionRef(String partition, String region, String account, String machine, String name, boolean isExpress) {

    private static final Pattern ARN =
            Pattern.compile("arn:(aws[a-z-]*):states:([a-z0-9-]+):(\\d{12}):(execution|express):"
                    + "([^:/\\s\\p{Cc}]+)(?:/[^:\\s\\p{Cc}]+)?:([^:\\s\\p{Cc}]+)(?::[^:\\s\\p{Cc}]+)?");

    /** Empty when the text is no execution's ARN. */
    static Optional<ExecutionRef> parse(String text) {
        Matcher arn = ARN.matcher(text);
        return arn.matches()
                ? Optional.of(new ExecutionRef(
                        arn.group(1),
                        arn.group(2),
                        arn.group(3),
                        arn.group(5),
                        arn.group(6),
                        arn.group(4).equals("express")))
                : Optional.empty();
    }

    /** The ARN of its state machine, without version and alias. */
    String machineArn() {
        return "arn:" + partition + ":states:" + region + ":" + account + ":stateMachine:" + machine;
    }
}
