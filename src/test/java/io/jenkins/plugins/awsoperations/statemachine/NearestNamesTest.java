package io.jenkins.plugins.awsoperations.statemachine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNamesTest {

    private static final List<String> ALL =
            List.of("JobNetwork-example", "RunJob", "SendFailEvent", "nightly-load", "nightly-load-eu", "invoice");

    @Test
    void aTypoAndAnotherCaseAreFound() {
        assertThat(NearestNames.nearest("nigthly-load", ALL)).first().isEqualTo("nightly-load");
        assertThat(NearestNames.nearest("jobnetwork-Example", ALL)).containsExactly("JobNetwork-example");
        assertThat(NearestNames.nearest("nightly", ALL)).containsExactly("nightly-load", "nightly-load-eu");
    }

    @Test
    void whatIsNothingLikeItIsNotNamed() {
        assertThat(NearestNames.nearest("backup", ALL)).isEmpty();
    }
}
