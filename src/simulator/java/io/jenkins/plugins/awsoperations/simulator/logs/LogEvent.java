package io.jenkins.plugins.awsoperations.simulator.logs;

import java.time.Instant;

/**
 * A log event.
 *
 * @param ordinal its number among all events, in the order in which they arrived
 * @param timestamp the time on its sender's clock
 * @param ingestedAt when it arrived
 * @param visibleAt from when on reading calls show it
 */
record LogEvent(long ordinal, Instant timestamp, Instant ingestedAt, Instant visibleAt, String message) {}
