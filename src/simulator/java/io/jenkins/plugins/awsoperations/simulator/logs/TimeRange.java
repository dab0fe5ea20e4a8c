package io.jenkins.plugins.awsoperations.simulator.logs;

import static io.jenkins.plugins.awsoperations.simulator.logs.LogsService.CONSTRAINTS;

import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.time.Instant;

/**
 * Which events a call asks for by their timestamps, and that AWS shows already.
 *
 * @param fromMillis first timestamp
 * @param toMillis last timestamp
 * @param now time of the call
 */
record TimeRange(long fromMillis, long toMillis, Instant now) {

    /**
     * Reads startTime and endTime.
     *
     * @param endIncluded whether events with a timestamp of endTime belong to it: they do for FilterLogEvents, and do not
     *     for GetLogEvents (API reference)
     */
    static TimeRange of(JsonCall call, boolean endIncluded) {
        Long from = CONSTRAINTS.number(call.request(), "startTime", 0, Long.MAX_VALUE);
        Long to = CONSTRAINTS.number(call.request(), "endTime", 0, Long.MAX_VALUE);
        return new TimeRange(
                from == null ? Long.MIN_VALUE : from,
                to == null ? Long.MAX_VALUE : to - (endIncluded ? 0 : 1),
                call.now());
    }

    boolean shows(LogEvent event) {
        long millis = event.timestamp().toEpochMilli();
        return millis >= fromMillis && millis <= toMillis && !event.visibleAt().isAfter(now);
    }
}
