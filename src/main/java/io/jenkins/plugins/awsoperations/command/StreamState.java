package io.jenkins.plugins.awsoperations.command;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How much of one of a command's outputs was already written into the log, and from where to go on in CloudWatch Logs or S3. */
final class StreamState implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Events that arrive later than this behind a younger one are not looked for. */
    static final long LOOK_BACK_MILLIS = 60_000;

    /** What is read again with each look is bounded, too. */
    private static final long LOOK_BACK_BYTES = 2_000_000;

    /** Bytes that were taken from the source so far, whether or not the log's limit let them in. */
    long taken;

    /** A running hash over them, to recognise them at the beginning of AWS's text. */
    long hash;

    /** The beginning of a line whose end has not come yet. */
    byte[] unfinished = {};

    /** The agent cut off a line break, which is written when more follows. */
    boolean owesLineBreak;

    /** Events that the next read will meet again, by their time. */
    private final ArrayList<Seen> seen = new ArrayList<>();

    /** There is nothing more to come. */
    boolean done;

    /**
     * A log event that was written.
     *
     * @param id its event id
     * @param timestamp its time in milliseconds, by the worker's clock
     * @param bytes its size
     */
    record Seen(String id, long timestamp, int bytes) implements Serializable {}

    StreamState copy() {
        StreamState copy = new StreamState();
        copy.taken = taken;
        copy.hash = hash;
        copy.unfinished = unfinished;
        copy.owesLineBreak = owesLineBreak;
        copy.seen.addAll(seen);
        copy.done = done;
        return copy;
    }

    void took(byte[] bytes) {
        taken += bytes.length;
        hash = hash(hash, bytes, bytes.length);
    }

    /** Whether what was taken so far is the beginning of this. */
    boolean isBeginningOf(byte[] whole) {
        return taken <= whole.length && hash(0, whole, (int) taken) == hash;
    }

    private static long hash(long before, byte[] bytes, int length) {
        long hash = before;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash;
    }

    /** The time of the youngest event that was written, in milliseconds; 0 when there is none. */
    long youngest() {
        return seen.isEmpty() ? 0 : seen.get(seen.size() - 1).timestamp();
    }

    /** From which time on, in milliseconds, events are still to be read; 0 for all. */
    long readFrom() {
        return seen.isEmpty() ? 0 : seen.get(0).timestamp();
    }

    /** Whether an event was written; those before {@link #readFrom} are not remembered one by one. */
    boolean isKnown(String id, long timestamp) {
        return timestamp < readFrom() || seen.stream().anyMatch(s -> s.id().equals(id));
    }

    /** Remembers an event, and forgets those that will not be met again. */
    void saw(Seen event) {
        seen.add(event);
        seen.sort(Comparator.comparingLong(Seen::timestamp));
        long youngest = seen.get(seen.size() - 1).timestamp();
        long bytes = 0;
        int keep = seen.size();
        while (keep > 0) {
            Seen next = seen.get(keep - 1);
            bytes += next.bytes();
            boolean within = next.timestamp() >= youngest - LOOK_BACK_MILLIS && bytes <= LOOK_BACK_BYTES;
            // Those of one instant are read again together, so they are remembered together.
            boolean sameInstant =
                    keep < seen.size() && next.timestamp() == seen.get(keep).timestamp();
            if (!within && !sameInstant && next.timestamp() != youngest) {
                break;
            }
            keep--;
        }
        List<Seen> forgotten = seen.subList(0, keep);
        forgotten.clear();
    }
}
