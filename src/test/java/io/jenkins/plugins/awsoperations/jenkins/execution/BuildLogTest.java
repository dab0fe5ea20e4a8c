package io.jenkins.plugins.awsoperations.jenkins.execution;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.StreamTaskListener;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Lines of ours and output of remote commands in one log. */
class BuildLogTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final OperationLog log = BuildLog.of(new StreamTaskListener(written, StandardCharsets.UTF_8));

    @Test
    void outputStaysAsItIsByteForByte() {
        byte[] bytes = {'a', '\r', '\n', (byte) 0xff, 0, '\t', '\n', '\n'};

        log.output(OutputChannel.STDOUT, bytes);

        assertThat(written.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void linesOfOursBeginWithThePrefixAndOutputDoesNot() {
        log.line("sent");
        output("hello\n");
        log.line("ended");

        assertThat(text()).isEqualTo("[aws] sent\nhello\n[aws] ended\n");
    }

    @Test
    void aLineOfOursBeginsOnALineOfItsOwn() {
        output("no line ");
        output("break");
        log.line("ended");
        log.line("really");

        assertThat(text()).isEqualTo("no line break\n[aws] ended\n[aws] really\n");
    }

    @Test
    void outputThatIsEmptyChangesNothing() {
        output("no line break");
        output("");
        log.line("ended");

        assertThat(text()).isEqualTo("no line break\n[aws] ended\n");
    }

    private void output(String text) {
        log.output(OutputChannel.STDERR, text.getBytes(StandardCharsets.UTF_8));
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
