package io.jenkins.plugins.awsoperations.alert;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.Map;

/**
 * Why something failed: a text, or JSON of the caller's own. Of a very long one only the beginning is kept, because it is
 * written away with the operation's state and no event can carry more.
 */
final class Cause implements Serializable {

    private static final long serialVersionUID = 1L;

    /** More characters than any event has bytes. */
    private static final int MOST_KEPT = FailEventEntry.MAX_BYTES;

    private final boolean json;
    private final String text;
    private final int characters;

    private Cause(boolean json, String whole) {
        String wellFormed = Texts.wellFormed(whole);
        this.json = json;
        this.text = Texts.beginning(wellFormed, MOST_KEPT);
        this.characters = wellFormed.codePointCount(0, wellFormed.length());
    }

    /** The text itself, unless it is a JSON object or array: then that. */
    static Cause of(String text) {
        return EventJson.parseTree(text)
                .map(tree -> new Cause(true, EventJson.write(tree)))
                .orElseGet(() -> new Cause(false, text));
    }

    /**
     * An object of the caller's own.
     *
     * @param object maps, lists, numbers, truth values and null; all else stands for its text
     */
    static Cause of(Map<String, ?> object) {
        return new Cause(true, EventJson.write(EventJson.tree(object)));
    }

    /**
     * The cause as JSON, cut when it is too long.
     *
     * @param most how many bytes its JSON may have
     */
    Fitted fit(int most) {
        boolean whole = text.codePointCount(0, text.length()) == characters;
        if (whole && json && Texts.bytes(text) <= most) {
            return new Fitted(text, false);
        }
        if (whole && !json && emptyMessage().length() + JsonLength.of(text) <= most) {
            return new Fitted(EventJson.write(message(text)), false);
        }
        return new Fitted(EventJson.write(cut(most)), true);
    }

    private ObjectNode cut(int most) {
        if (json) {
            ObjectNode cut = EventJson.object().put("message", "").put("truncated", true);
            return cut.put(
                    "message",
                    JsonLength.beginning(text, most - EventJson.write(cut).length()));
        }
        String mark = "… (cut; " + characters + " characters in all)";
        int room = most - emptyMessage().length() - JsonLength.of(mark);
        return message(JsonLength.beginning(text, room) + mark);
    }

    private static ObjectNode message(String text) {
        return EventJson.object().put("message", text);
    }

    private static String emptyMessage() {
        return EventJson.write(message(""));
    }

    /**
     * A cause that fits.
     *
     * @param json JSON text
     * @param isCut whether it is only the beginning
     */
    record Fitted(String json, boolean isCut) {}
}
