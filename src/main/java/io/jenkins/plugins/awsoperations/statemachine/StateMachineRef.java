package io.jenkins.plugins.awsoperations.statemachine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A state machine by name or ARN, perhaps with a version or an alias behind a colon: {@code nightly}, {@code nightly:PROD},
 * {@code arn:aws:states:ap-northeast-1:123456789012:stateMachine:nightly:3} (Step Functions API reference, StartExecution).
 *
 * @param partition {@code aws}, {@code aws-cn}, …; null when only a name is given
 * @param region null when only a name is given
 * @param account null when only a name is given
 * @param name 1 to 80 characters
 * @param qualifier the version or the alias, or null
 */
record StateMachineRef(
        @Nullable String partition,
        @Nullable String region,
        @Nullable String account,
        String name,
        @Nullable String qualifier) {

    /** Whitespace, brackets, wildcards, control characters and what UTF-16 writes as two are what AWS refuses in names. */
    static final String NAME =
            "[^\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\p{Cc}\\p{Z}\\p{Cs}\\uFFFE\\uFFFF\\x{10000}-\\x{10FFFF}]{1,80}";

    private static final Pattern BY_NAME = Pattern.compile("(" + NAME + ")(?::([A-Za-z0-9_.-]{1,80}))?");
    private static final Pattern BY_ARN = Pattern.compile(
            "arn:(aws[a-z-]*):states:([a-z0-9-]+):(\\d{12}):stateMachine:(" + NAME + ")(?::([A-Za-z0-9_.-]{1,80}))?");

    /** Empty when the text is neither a name nor the ARN of a state machine. */
    static Optional<StateMachineRef> parse(String text) {
        Matcher arn = BY_ARN.matcher(text);
        if (arn.matches()) {
            return Optional.of(
                    new StateMachineRef(arn.group(1), arn.group(2), arn.group(3), arn.group(4), arn.group(5)));
        }
        Matcher name = BY_NAME.matcher(text);
        return name.matches() && !text.startsWith("arn:")
                ? Optional.of(new StateMachineRef(null, null, null, name.group(1), name.group(2)))
                : Optional.empty();
    }

    /** Where the name is one of this account and region. */
    StateMachineRef in(String itsPartition, String itsRegion, String itsAccount) {
        return partition == null ? new StateMachineRef(itsPartition, itsRegion, itsAccount, name, qualifier) : this;
    }

    /** The ARN without version and alias. */
    String machineArn() {
        return arn("stateMachine");
    }

    /** The ARN to start. */
    String startArn() {
        return qualifier == null ? machineArn() : machineArn() + ":" + qualifier;
    }

    /** The ARN that an execution of this name has. */
    String executionArn(String executionName) {
        return arn("execution") + ":" + executionName;
    }

    private String arn(String type) {
        return "arn:" + partition + ":states:" + region + ":" + account + ":" + type + ":" + name;
    }
}
