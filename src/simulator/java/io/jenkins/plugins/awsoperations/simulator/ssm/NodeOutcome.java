package io.jenkins.plugins.awsoperations.simulator.ssm;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a command on a node: {@code NodeOutcome.exit(1).after(Duration.ofSeconds(30)).stderr("no")}.
 * Immutable; every method returns a changed copy. Durations are simulated time since the start. Bytes are not copied.
 */
public final class NodeOutcome {

    private final int exitCode;
    private final Duration duration;
    private final List<Piece> pieces;

    private NodeOutcome(int exitCode, Duration duration, List<Piece> pieces) {
        this.exitCode = exitCode;
        this.duration = duration;
        this.pieces = List.copyOf(pieces);
    }

    /** It ends with this exit code, one second after its start, and writes nothing. */
    public static NodeOutcome exit(int code) {
        return new NodeOutcome(code, Duration.ofSeconds(1), List.of());
    }

    /** It ends that long after its start. */
    public NodeOutcome after(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("nothing ends before it starts: " + value);
        }
        return new NodeOutcome(exitCode, value, pieces);
    }

    /** It writes this to its standard output when it ends. */
    public NodeOutcome stdout(byte[] bytes) {
        return with(new Piece(null, false, bytes));
    }

    /** It writes this to its standard output when it ends, in UTF-8. */
    public NodeOutcome stdout(String text) {
        return stdout(text.getBytes(StandardCharsets.UTF_8));
    }

    /** It writes this to its standard error when it ends. */
    public NodeOutcome stderr(byte[] bytes) {
        return with(new Piece(null, true, bytes));
    }

    /** It writes this to its standard error when it ends, in UTF-8. */
    public NodeOutcome stderr(String text) {
        return stderr(text.getBytes(StandardCharsets.UTF_8));
    }

    /** It writes this to its standard output then; nothing when it has ended before. */
    public NodeOutcome stdoutAt(Duration time, byte[] bytes) {
        return with(new Piece(time, false, bytes));
    }

    /** It writes this to its standard output then, in UTF-8; nothing when it has ended before. */
    public NodeOutcome stdoutAt(Duration time, String text) {
        return stdoutAt(time, text.getBytes(StandardCharsets.UTF_8));
    }

    /** It writes this to its standard error then; nothing when it has ended before. */
    public NodeOutcome stderrAt(Duration time, byte[] bytes) {
        return with(new Piece(time, true, bytes));
    }

    /** It writes this to its standard error then, in UTF-8; nothing when it has ended before. */
    public NodeOutcome stderrAt(Duration time, String text) {
        return stderrAt(time, text.getBytes(StandardCharsets.UTF_8));
    }

    private NodeOutcome with(Piece piece) {
        List<Piece> more = new ArrayList<>(pieces);
        more.add(piece);
        return new NodeOutcome(exitCode, duration, more);
    }

    int exitCode() {
        return exitCode;
    }

    Duration duration() {
        return duration;
    }

    List<Piece> pieces() {
        return pieces;
    }

    /**
     * Something that is written.
     *
     * @param at when; null: at the end
     * @param error whether to standard error
     */
    record Piece(@Nullable Duration at, boolean error, byte[] bytes) {}
}
