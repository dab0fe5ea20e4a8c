package io.jenkins.plugins.awsoperations.simulator.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. The token names the last item of the page and not a position, so that what is added between two
 * pages, and what no longer passes the filter, neither repeats nor skips another item.
 *
 * @param member name of the list in the reply
 * @param token name of the token in request and reply
 * @param size most items on the page
 */
public record JsonPage(String member, String token, int size) {

    private static final String TOKEN_PREFIX = "after:";

    /**
     * Writes the page that a call asks for, and the token of the next.
     *
     * @param all everything that there is, in its order, from which nothing ever disappears
     * @param name what an item is called, once and for all
     * @param shown which items the call asks for
     * @param writer writes an item
     */
    public <T> void write(
            JsonCall call,
            Stream<T> all,
            Function<T, String> name,
            Predicate<T> shown,
            BiConsumer<T, ObjectNode> writer) {
        String after = after(call, token);
        Iterator<T> rest = all.iterator();
        while (after != null && rest.hasNext()) {
            if (name.apply(rest.next()).equals(after)) {
                after = null;
            }
        }
        ArrayNode array = call.reply().putArray(member);
        String last = "";
        while (rest.hasNext()) {
            T item = rest.next();
            if (!shown.test(item)) {
                continue;
            }
            if (array.size() == size) {
                byte[] bytes = (TOKEN_PREFIX + last).getBytes(StandardCharsets.UTF_8);
                call.reply().put(token, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
                return;
            }
            writer.accept(item, array.addObject());
            last = name.apply(item);
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
