package io.jenkins.plugins.awsoperations.statemachine;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts of state machines as one line of a log, which may be long and have several lines where they come from. */
final class OneLine {

    /** Spaces and controls, what ends a line in Unicode, and what turns the direction of writing round. */
    private static final Pattern NO_TEXT = Pattern.compile("[\\s\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]+");

    private OneLine() {}

    /**
     * The beginning of a text, at most so many characters and a mark; never half a character.
     *
     * @param text without what must not be shown: half a secret is not recognised any more
     */
    static String of(String text, int most) {
        // Not the whole text: a cause may be 32,768 characters, and one line of it is shown.
        boolean isLonger = text.length() > most * 4L;
        String line = NO_TEXT.matcher(isLonger ? text.substring(0, most * 4) : text)
                .replaceAll(" ")
                .strip();
        if (line.length() <= most) {
            return isLonger ? line + "…" : line;
        }
        int end = Character.isHighSurrogate(line.charAt(most - 1)) ? most - 1 : most;
        return line.substring(0, end) + "…";
    }

    /** {@code : Error: the beginning of its cause}; an empty text for an error without name and cause, which a Fail state may have. */
    static String why(@Nullable String error, @Nullable String cause, int most) {
        StringBuilder text = new StringBuilder();
        if (error != null && !error.isBlank()) {
            text.append(": ").append(of(error, most));
        }
        if (cause != null && !cause.isBlank()) {
            text.append(": ").append(of(cause, most));
        }
        return text.toString();
    }
}
