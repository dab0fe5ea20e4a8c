package io.jenkins.plugins.awsoperations.simulator.logs;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;

/**
 * A place in the order of events, which is that of their timestamps, then of their arrival. An event that becomes visible
 * after a reader has passed its place is missed by that reader.
 *
 * @param millis timestamp of the event that was read last
 * @param ordinal its number
 * @param empties how many empty pages have been answered here: their tokens must not be the same
 */
record Position(long millis, long ordinal, int empties) implements Comparable<Position> {

    static final Position START = new Position(Long.MIN_VALUE, 0, 0);
    static final Position END = new Position(Long.MAX_VALUE, Long.MAX_VALUE, 0);

    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::millis).thenComparingLong(Position::ordinal);

    static Position of(LogEvent event) {
        return new Position(event.timestamp().toEpochMilli(), event.ordinal(), 0);
    }

    Position afterEmptyPage() {
        return new Position(millis, ordinal, empties + 1);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    String token() {
        byte[] text = (millis + "," + ordinal + "," + empties).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    static Position read(String token) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII).split(",");
            if (parts.length == 3) {
                return new Position(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
            }
        } catch (IllegalArgumentException e) {
            // Neither Base64 nor numbers: the same answer as below.
        }
        throw AwsError.badRequest("InvalidParameterException", "The specified nextToken is invalid.");
    }
}
