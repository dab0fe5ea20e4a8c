package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.function.UnaryOperator;

/**
 * Texts of a state machine as they may be kept with a build. Secrets are hidden before a text is cut, because of a secret that is cut
 * nothing is found.
 *
 * @param hidden makes of a whole text the same without the build's secrets
 */
record KeptText(UnaryOperator<String> hidden) {

    @CheckForNull
    String whole(@CheckForNull String text) {
        return text == null ? null : hidden.apply(text);
    }

    @CheckForNull
    String beginning(@CheckForNull String text, int length) {
        String shown = whole(text);
        if (shown == null || shown.length() <= length) {
            return shown;
        }
        // Not between the halves of a character.
        int end = Character.isHighSurrogate(shown.charAt(length - 1)) ? length - 1 : length;
        return shown.substring(0, end) + "…";
    }

    /** An error with its cause; a state machine may give either, both or none. */
    @CheckForNull
    static String reason(@CheckForNull String error, @CheckForNull String cause) {
        if (error == null || cause == null || cause.isBlank()) {
            return error == null ? cause : error;
        }
        return error + ": " + cause;
    }
}
