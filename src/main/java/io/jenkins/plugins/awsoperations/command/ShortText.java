package io.jenkins.plugins.awsoperations.command;

import java.util.function.UnaryOperator;

/** One line of a job's or a worker's text, which may be longer than what is shown of it. */
final class ShortText {

    private ShortText() {}

    /**
     * The text, or its beginning and a mark; never half a character.
     *
     * @param hidden takes out what must not be shown. Only asked for what is cut, because the log does that for what is whole, and
     *     finds nothing of half a secret
     */
    static String of(String line, int most, UnaryOperator<String> hidden) {
        if (line.length() <= most) {
            return line;
        }
        String shown = hidden.apply(line);
        if (shown.length() <= most) {
            return shown;
        }
        return shown.substring(0, Character.isHighSurrogate(shown.charAt(most - 1)) ? most - 1 : most) + "…";
    }
}
