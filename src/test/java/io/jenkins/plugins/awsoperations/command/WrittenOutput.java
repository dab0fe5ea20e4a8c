package io.jenkins.plugins.awsoperations.command;

import static io.jenkins.plugins.awsoperations.operation.OutputChannel.STDERR;
import static io.jenkins.plugins.awsoperations.operation.OutputChannel.STDOUT;

import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a worker writes, with the times at which it does, and whether it arrives. */
final class WrittenOutput {

    private final Random random;
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private NodeOutcome outcome = NodeOutcome.exit(0);
    private long millis;
    private final Set<OutputChannel> afterEmpty = EnumSet.noneOf(OutputChannel.class);

    WrittenOutput(long seed) {
        this.random = new Random(seed);
    }

    /** Lines of text as programs write them, some of them long, in pieces that end anywhere. */
    WrittenOutput lines(int most) {
        int wanted = random.nextInt(most + 1);
        while (stdout.size() + stderr.size() < wanted) {
            OutputChannel channel = random.nextInt(4) == 0 ? STDERR : STDOUT;
            byte[] line = line(channel).getBytes(StandardCharsets.UTF_8);
            int cut = random.nextInt(line.length + 1);
            write(channel, Arrays.copyOf(line, cut));
            pause();
            write(channel, Arrays.copyOfRange(line, cut, line.length));
        }
        if (random.nextBoolean()) {
            write(STDOUT, "no line break at the end".getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    private String line(OutputChannel channel) {
        int kind = random.nextInt(12);
        if (afterEmpty.contains(channel) && (kind == 4 || kind == 5)) {
            // An empty line that has an event of its own is lost by the agent: AWS takes no empty events.
            kind = 6;
        }
        if (kind == 0) {
            afterEmpty.add(channel);
        } else {
            afterEmpty.remove(channel);
        }
        return switch (kind) {
            case 0 -> "\n";
            case 1 -> "日本語のログ é ü 🙂 " + random.nextInt() + "\n";
            case 2 -> "windows\r\n";
            case 3 -> "progress 1 %\rprogress 2 %\r\n";
            case 4 -> text(random.nextInt(200_000)) + "\n";
            case 5 -> random.nextInt(4) == 0 ? text(random.nextInt(1_000_000)) + "\n" : "short\n";
            default -> random.nextInt() + " " + text(random.nextInt(200)) + "\n";
        };
    }

    private String text(int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> String.valueOf((char) ('a' + random.nextInt(26))))
                .collect(Collectors.joining());
    }

    /** Bytes without any sense. */
    WrittenOutput bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        write(STDOUT, bytes);
        byte[] errors = new byte[random.nextInt(100_000)];
        random.nextBytes(errors);
        write(STDERR, errors);
        return this;
    }

    private void pause() {
        millis += random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(300);
    }

    private void write(OutputChannel channel, byte[] bytes) {
        (channel == STDOUT ? stdout : stderr).writeBytes(bytes);
        Duration at = Duration.ofMillis(millis);
        outcome = channel == STDOUT ? outcome.stdoutAt(at, bytes) : outcome.stderrAt(at, bytes);
    }

    NodeOutcome outcome() {
        return outcome.after(Duration.ofMillis(millis + 1));
    }

    byte[] written(OutputChannel channel) {
        return (channel == STDOUT ? stdout : stderr).toByteArray();
    }

    /** The agent writes "\n" for "\r\n" to a log group; what AWS keeps as text is as it was written. */
    void assertArrived(byte[] actual, OutputChannel channel, long seed) {
        if (!Arrays.equals(actual, written(channel))) {
            byte[] inLogGroup = new String(written(channel), StandardCharsets.UTF_8)
                    .replace("\r\n", "\n")
                    .getBytes(StandardCharsets.UTF_8);
            assertSame(actual, inLogGroup, channel + ", seed " + seed);
        }
    }

    /**
     * Compares megabytes, and shows where they part. Of a long output line breaks at the very end are not to be told from none:
     * the agent cuts them off.
     */
    static void assertSame(byte[] actual, byte[] expected, String what) {
        int a = length(actual);
        int e = length(expected);
        int at = Arrays.mismatch(actual, 0, a, expected, 0, e);
        if (at >= 0) {
            throw new AssertionError(what + ": " + a + " instead of " + e + " bytes, different from " + at + " on: "
                    + around(actual, at) + " instead of " + around(expected, at));
        }
    }

    private static int length(byte[] bytes) {
        int length = bytes.length;
        while (length > 5_000 && bytes[length - 1] == '\n') {
            length--;
        }
        return length;
    }

    private static String around(byte[] bytes, int at) {
        int from = Math.min(bytes.length, Math.max(0, at - 30));
        return "..." + new String(bytes, from, Math.min(60, bytes.length - from), StandardCharsets.UTF_8) + "...";
    }

    static byte[] bytes(@Nullable String text) {
        return String.valueOf(text).getBytes(StandardCharsets.UTF_8);
    }
}
