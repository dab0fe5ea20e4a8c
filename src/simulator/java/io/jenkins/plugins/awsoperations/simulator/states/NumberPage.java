package io.jenkins.plugins.awsoperations.simulator.states;

import static io.jenkins.plugins.awsoperations.simulator.states.StatesNames.CONSTRAINTS;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list whose items have numbers that never change.
 *
 * @param size most items on the page
 * @param start number of the first; null: it is the first page
 */
record NumberPage(int size, @Nullable Integer start) {

    private static final int MAX_PAGE = 1000;
    private static final int DEFAULT_PAGE = 100;
    private static final String PREFIX = "at:";

    /**
     * The page that a call asks for.
     *
     * @param longestToken most characters of a token
     * @throws AwsError ValidationException, InvalidToken
     */
    static NumberPage of(JsonCall call, int longestToken) {
        Long asked = CONSTRAINTS.number(call.request(), "maxResults", 0, MAX_PAGE);
        String token = CONSTRAINTS.text(call.request(), "nextToken", 1, longestToken);
        return new NumberPage(
                asked == null || asked == 0 ? DEFAULT_PAGE : asked.intValue(), token == null ? null : read(token));
    }

    private static int read(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(PREFIX)) {
                return Integer.parseInt(text.substring(PREFIX.length()));
            }
        } catch (IllegalArgumentException e) {
            // Neither Base64 nor a number: the same answer as below.
        }
        throw AwsError.badRequest("InvalidToken", "Invalid Token: 'Invalid token'");
    }

    /** Number of the first item, which is this one on the first page. */
    int from(int first) {
        return start == null ? first : start;
    }

    /** Writes the token of a page that begins with an item. */
    void next(JsonCall call, int number) {
        byte[] bytes = (PREFIX + number).getBytes(StandardCharsets.UTF_8);
        call.reply().put("nextToken", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
