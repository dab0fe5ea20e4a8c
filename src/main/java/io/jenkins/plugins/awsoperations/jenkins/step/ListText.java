package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import java.util.ArrayList;
import java.util.List;

/** Lists as Pipelines and forms give them: of anything that Groovy puts into a list, and as lines. */
final class ListText {

    private ListText() {}

    /** The entries as texts, without blanks around them; null for an empty list. */
    @CheckForNull
    static List<String> normal(@CheckForNull List<?> list) {
        if (list == null || list.isEmpty()) {
            return null;
        }
        ArrayList<String> entries = new ArrayList<>();
        list.forEach(entry -> entries.add(String.valueOf(entry).trim()));
        return entries;
    }

    /** The lines that are not blank, without blanks around them. */
    @NonNull
    static List<String> lines(String text) {
        return text.lines().map(String::trim).filter(line -> !line.isEmpty()).toList();
    }

    /** The form's text of a list. */
    @NonNull
    static String text(@CheckForNull List<?> list) {
        return list == null
                ? ""
                : String.join("\n", list.stream().map(String::valueOf).toList());
    }
}
