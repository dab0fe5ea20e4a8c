package io.jenkins.plugins.awsoperations.command;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The comment of a command: {@code aws-operations <token>.<number> <job> #<build>}. AWS has no client token for SendCommand,
 * so that this is what a command is recognised by.
 */
final class CommandComment {

    static final String PREFIX = "aws-operations ";

    /** Systems Manager API reference, SendCommand, Comment. */
    static final int LONGEST = 100;

    private static final Pattern KEY = Pattern.compile(PREFIX + "(([a-z0-9]{8,32})\\.\\d+)( .*)?", Pattern.DOTALL);

    private CommandComment() {}

    /** The token of the run that sent a command, if one of ours did. */
    static Optional<String> token(@Nullable String comment) {
        Matcher matcher = KEY.matcher(comment == null ? "" : comment);
        return matcher.matches() ? Optional.of(matcher.group(2)) : Optional.empty();
    }

    /** Whether both were sent as the same command; what follows the key may be cut. */
    static boolean isSame(@Nullable String comment, String wanted) {
        Matcher one = KEY.matcher(comment == null ? "" : comment);
        Matcher other = KEY.matcher(wanted);
        return one.matches() && other.matches() && one.group(1).equals(other.group(1));
    }
}
