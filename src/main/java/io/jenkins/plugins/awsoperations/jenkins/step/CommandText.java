package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Commands as Pipelines and forms give them: a list, or one text of several lines. */
final class CommandText {

    private CommandText() {}

    /**
     * The commands as texts, whatever Groovy gives; null for none. Line breaks become those of Unix, because browsers and
     * Jenkinsfiles from Windows have others, which a shell takes for a part of the command.
     *
     * @throws IllegalArgumentException naming the parameter, when it is no list of texts and no text
     */
    @CheckForNull
    static List<String> normal(@CheckForNull Object commands) {
        Collection<?> several =
                commands instanceof Collection<?> list ? list : commands == null ? List.of() : List.of(commands);
        ArrayList<String> normal = new ArrayList<>();
        for (Object command : several) {
            if (!(command instanceof CharSequence text)) {
                throw new IllegalArgumentException(
                        "commands must be a text or a list of texts, not " + (command == null ? "null" : command));
            }
            normal.add(text.toString().replace("\r\n", "\n"));
        }
        return normal.isEmpty() ? null : normal;
    }
}
