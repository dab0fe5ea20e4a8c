package io.jenkins.plugins.awsoperations.simulator.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. The token names the last item of the page and not a position, so that what is added between two
 * pages neither repeats nor skips another item.
 */
public final class JsonPage {

    private static final String TOKEN_PREFIX = "after:";

    private JsonPage() {}

    /**
     * Writes a page and the token of the next.
     *
     * @param token name of the token in request and reply
     * @param member name of the list in the reply
     * @param all everything that there is, in its order
     * @param name what an item is called, once and for all
     * @param size most items on the page
     */
    public static <T> void write(
            JsonCall call,
            String token,
            String member,
            Stream<T> all,
            Function<T, String> name,
            int size,
            BiConsumer<T, ObjectNode> writer) {
        String after = after(call, token);
        Iterator<T> items = all.iterator();
        while (after != null && items.hasNext()) {
            if (name.apply(items.next()).equals(after)) {
                after = null;
            }
        }
        ArrayNode array = call.reply().putArray(member);
        String last = "";
        while (items.hasNext() && array.size() < size) {
            T item = items.next();
            writer.accept(item, array.addObject());
            last = name.apply(item);
        }
        if (items.hasNext()) {
            byte[] bytes = (TOKEN_PREFIX + last).getBytes(StandardCharsets.UTF_8);
            call.reply().put(token, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        }
    }

    private static @Nullable String after(JsonCall call, String name) {
        String token = call.request().text(name);
        if (token == null || token.isEmpty()) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(TOKEN_PREFIX)) {
                return text.substring(TOKEN_PREFIX.length());
            }
        } catch (IllegalArgumentException e) {
            // No Base64: the same answer as below.
        }
        throw AwsError.badRequest("InvalidNextToken", "The specified token isn't valid.");
    }
}
