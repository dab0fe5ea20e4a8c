package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.ServiceCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list (API reference, "Pagination"). The token names the last item of the page and not a position, so
 * that what is created or deleted between two pages neither repeats nor skips another item.
 *
 * @param items what is on the page
 * @param nextToken token of the next page; null at the end
 * @param <T> kind of item
 */
record Page<T>(List<T> items, @Nullable String nextToken) {

    private static final String TOKEN_PREFIX = "after:";

    /**
     * Cuts a page out of a list that is in the order of its items' ordinals.
     *
     * @param min least MaxResults that the action accepts
     */
    static <T> Page<T> of(ServiceCall call, int min, Stream<T> all, ToLongFunction<T> ordinal) {
        int size = size(call, min);
        long after = after(call);
        Iterator<T> rest = all.filter(item -> ordinal.applyAsLong(item) > after).iterator();
        List<T> items = new ArrayList<>();
        while (rest.hasNext() && items.size() < size) {
            items.add(rest.next());
        }
        if (!rest.hasNext()) {
            return new Page<>(items, null);
        }
        String last = TOKEN_PREFIX + ordinal.applyAsLong(items.get(items.size() - 1));
        byte[] bytes = last.getBytes(StandardCharsets.US_ASCII);
        return new Page<>(items, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Refuses ids together with a page size, which several actions do not take together. */
    static void notWithIds(ServiceCall call, List<String> ids, String what) {
        if (!ids.isEmpty() && call.request().optional("MaxResults") != null) {
            throw AwsError.badRequest(
                    "InvalidParameterCombination",
                    "The parameter " + what + " cannot be used with the parameter maxResults");
        }
    }

    private static int size(ServiceCall call, int min) {
        Integer asked = call.request().number("MaxResults");
        int max = call.settings().maxPage();
        if (asked == null) {
            return max;
        }
        if (asked < min || asked > 1000) {
            throw AwsError.invalidValue("Value ( " + asked + " ) for parameter maxResults is invalid. "
                    + (asked < min
                            ? "Expecting a value greater than or equal to " + min + "."
                            : "Expecting a value less than or equal to 1000."));
        }
        return Math.min(asked, max);
    }

    private static long after(ServiceCall call) {
        String token = call.request().optional("NextToken");
        if (token == null || token.isEmpty()) {
            return Long.MIN_VALUE;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
            if (text.startsWith(TOKEN_PREFIX)) {
                return Long.parseLong(text.substring(TOKEN_PREFIX.length()));
            }
        } catch (IllegalArgumentException e) {
            // Neither Base64 nor a number: the same answer as below.
        }
        throw AwsError.badRequest("InvalidNextToken", "The specified NextToken is not valid.");
    }
}
