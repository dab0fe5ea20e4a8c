package io.jenkins.plugins.awsoperations.statemachine;

import org.jspecify.annotations.Nullable;

/** Texts of state machines as one line of a log, which may be long and have several lines where they come from. */
final class OneLine {

    private OneLine() {}

    /** The beginning of a text, at most so many characters and a mark; never half a character. */
    static String of(String text, int most) {
        // Not the whole text: a cause may be 32,768 characters, and one line of it is shown.
        boolean isLonger = text.length() > most * 4L;
        String line = (isLonger ? text.substring(0, most * 4) : text)
                .replaceAll("[\\s\\p{Cntrl}]+", " ")
                .strip();
        if (line.length() <= most) {
            return isLonger ? line + "…" : line;
        }
        int end = Character.isHighSurrogate(line.charAt(most - 1)) ? most - 1 : most;
        return line.substring(0, end) + "…";
    }

    /** {@code Error: the beginning of its cause}; a state machine may give either, both or none. */
    static String of(@Nullable String error, @Nullable String cause, int most) {
        String name = error == null || error.isBlank() ? "" : of(error, most);
        String why = cause == null || cause.isBlank() ? "" : of(cause, most);
        if (name.isEmpty() && why.isEmpty()) {
            return "without an error's name and cause";
        }
        return name.isEmpty() ? why : why.isEmpty() ? name : name + ": " + why;
    }
}
