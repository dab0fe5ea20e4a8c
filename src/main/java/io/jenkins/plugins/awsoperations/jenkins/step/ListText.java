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

    /**
     * Whole numbers with commas, blanks or line breaks between them.
     *
     * @param field the field's name, for the message
     * @throws IllegalArgumentException naming the field, when something else is between them
     */
    @NonNull
    static List<Integer> numbers(String field, String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String word : text.trim().split("[\\s,]+")) {
            try {
                numbers.add(Integer.valueOf(word));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        field + " must be whole numbers with commas between them, not '" + word + "'", e);
            }
        }
        return numbers;
    }

    /** The form's text of a list. */
    @NonNull
    static String text(@CheckForNull List<?> list) {
        return list == null
                ? ""
                : String.join("\n", list.stream().map(String::valueOf).toList());
    }
}
