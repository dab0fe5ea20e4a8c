package io.jenkins.plugins.awsoperations.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What state machines say stays within its line of the log. */
class OneLineTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a\r\nb", "a\u0085b", "a\u2028b", "a\u2029b", "a\u009b[2J", "a\u001b[2J", "a\u202eb", "a\u2066b"
            })
    void nothingEndsTheLineOrTurnsItRound(String text) {
        assertThat(OneLine.of(text, 80)).startsWith("a ").doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    }
}
