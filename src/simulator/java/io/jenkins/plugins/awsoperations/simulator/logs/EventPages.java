package io.jenkins.plugins.awsoperations.simulator.logs;

import static io.jenkins.plugins.awsoperations.simulator.logs.LogsService.CONSTRAINTS;

import io.jenkins.plugins.awsoperations.simulator.OutputLimits;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * How much of the events that a call asks for its reply holds: "up to 10,000 log events", 1 MB, or the limit; and "this
 * operation can return empty results while there are more log events available through the token" (API reference,
 * GetLogEvents and FilterLogEvents), which it does when the settings are sloppy.
 */
final class EventPages {

    private static final int MAX_LIMIT = 10_000;

    private final SplittableRandom random;

    EventPages(SplittableRandom random) {
        this.random = random;
    }

    /**
     * How many of some events are on the page, from the first on.
     *
     * @param event from an item to the event that it holds
     */
    <T> int size(JsonCall call, List<T> rest, Function<T, LogEvent> event) {
        int most = Math.min(limit(call), rest.size());
        OutputLimits limits = call.settings().commands().limits();
        int full = 0;
        long bytes = 0;
        while (full < most) {
            bytes += event.apply(rest.get(full)).message().getBytes(StandardCharsets.UTF_8).length;
            // One event always fits.
            if (full > 0 && bytes > limits.logPageBytes()) {
                break;
            }
            full++;
        }
        return call.settings().commands().sloppyLogPages() ? sloppy(full) : full;
    }

    private int sloppy(int full) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> (full + 1) / 2;
            default -> full;
        };
    }

    private static int limit(JsonCall call) {
        Long asked = CONSTRAINTS.number(call.request(), "limit", 1, MAX_LIMIT);
        int most = call.settings().commands().limits().logPageEvents();
        return asked == null ? most : (int) Math.min(asked, most);
    }
}
