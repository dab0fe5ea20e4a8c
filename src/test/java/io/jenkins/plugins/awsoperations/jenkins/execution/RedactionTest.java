package io.jenkins.plugins.awsoperations.jenkins.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A text whose secrets cannot be hidden is not shown, and nothing fails because of it. */
class RedactionTest {

    @Test
    void aTextIsAsTheLogShowsIt() {
        assertThat(new Redaction(text -> text.replace("S3CRET", "****")).apply("no S3CRET"))
                .isEqualTo("no ****");
    }

    @Test
    void aStepThatIsGoneShowsNothing() {
        Redaction redaction = new Redaction(text -> {
            throw new IOException("cannot find current thread");
        });

        assertThat(redaction.apply("no S3CRET")).isEqualTo("(not shown: its secrets could not be hidden)");
    }

    @Test
    void aBrokenFilterShowsNothing() {
        Redaction redaction = new Redaction(text -> {
            throw new IllegalStateException("broken");
        });

        assertThat(redaction.apply("no S3CRET")).isEqualTo("(not shown: its secrets could not be hidden)");
    }

    @Test
    void anInterruptionShowsNothingAndIsNotLost() {
        Redaction redaction = new Redaction(text -> {
            throw new InterruptedException();
        });

        assertThat(redaction.apply("no S3CRET")).isEqualTo("(not shown: its secrets could not be hidden)");
        assertThat(Thread.interrupted()).isTrue();
    }
}
