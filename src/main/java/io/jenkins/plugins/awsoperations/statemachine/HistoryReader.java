package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionCalls.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is new in a history: newest first, back to what is known. AWS has no "since", and its tokens end with the last page. A
 * history has at most 25,000 events, so this ends after some thirty calls at the worst.
 */
final class HistoryReader {

    private static final String ACTION = "GetExecutionHistory";

    /** Events with data may be large: a quarter of a MiB for each of input and output. */
    private static final int PAGE_WITH_DATA = 100;

    private static final int PAGES_WITH_DATA = 5;
    private static final int PAGE_WITHOUT_DATA = 1000;

    private HistoryReader() {}

    /**
     * The events after the last one that is known, in their order. For the first call the asker has a token of the bucket.
     *
     * @return empty when the bucket has too few tokens for all pages; nothing is lost, the next call reads them
     */
    static Optional<List<Event>> news(Turn turn, String executionArn, long lastId) {
        List<Event> news = new ArrayList<>();
        String token = null;
        long oldest = Long.MAX_VALUE;
        for (int page = 0; ; page++) {
            if (page > 0 && !turn.aws.pacing().tryTake(ACTION, turn.now())) {
                return Optional.empty();
            }
            boolean withData = page < PAGES_WITH_DATA;
            // A token belongs to the size and the data of its request: the first page without data begins anew.
            boolean begins = page == PAGES_WITH_DATA;
            Page<Event> read = turn.calls.history(
                    executionArn, withData ? PAGE_WITH_DATA : PAGE_WITHOUT_DATA, withData, begins ? null : token);
            for (Event event : read.items()) {
                if (event.id() > lastId && event.id() < oldest) {
                    news.add(event);
                }
            }
            oldest = news.stream().mapToLong(Event::id).min().orElse(oldest);
            token = read.next();
            if (token == null || oldest <= lastId + 1 || read.items().stream().anyMatch(e -> e.id() <= lastId)) {
                news.sort(Comparator.comparingLong(Event::id));
                return Optional.of(news);
            }
        }
    }

    /** The state in which an execution failed, by one call; null when that is not to be found out. */
    static @Nullable FailedState failedState(Turn turn, String executionArn) {
        try {
            Page<Event> page = turn.calls.history(executionArn, PAGE_WITHOUT_DATA, false, null);
            List<Event> events = page.items().stream()
                    .sorted(Comparator.comparingLong(Event::id))
                    .toList();
            return page.next() == null ? told(turn, events) : followedFrom(events);
        } catch (AwsCallException e) {
            // It is told for information: that the execution failed is known.
            return null;
        }
    }

    private static @Nullable FailedState told(Turn turn, List<Event> events) {
        HistoryState history = new HistoryState();
        events.forEach(new HistoryTeller(history, HistoryLines.silent(turn))::tell);
        return FailedState.in(history);
    }

    /**
     * The state that the last event follows from, when only the end of a history is known. Null when a Map or Parallel state failed:
     * what was entered last is then one of the many states within it.
     */
    static @Nullable FailedState followedFrom(List<Event> events) {
        Map<Long, Event> byId = new HashMap<>();
        events.forEach(event -> byId.put(event.id(), event));
        Event event = events.isEmpty() ? null : events.get(events.size() - 1);
        while (event != null && !event.isEntered() && !event.failsInner()) {
            event = byId.get(event.previousId());
        }
        return event == null || event.failsInner() ? null : FailedState.entered(event);
    }
}
