package io.jenkins.plugins.awsoperations.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandStatusTest {

    @ParameterizedTest
    @CsvSource({
        "Delivery Timed Out, DELIVERY_TIMED_OUT",
        "DeliveryTimedOut, DELIVERY_TIMED_OUT",
        "execution timed out, EXECUTION_TIMED_OUT",
        "In Progress, IN_PROGRESS",
        "Canceled, CANCELLED",
        "Cancelled, CANCELLED",
        "Invalid Platform, INVALID_PLATFORM",
        "No Instances In Tag, NO_INSTANCES_IN_TAG",
    })
    void bothSpellingsOfAwsAreUnderstood(String text, CommandStatus status) {
        assertThat(CommandStatus.of(text)).contains(status);
    }

    @Test
    void aStatusThatNobodyDocumentedIsNotGuessed() {
        assertThat(CommandStatus.of("Thinking")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyBadEndHasASentenceAndARemedy(CommandStatus status) {
        boolean bad = status.isTerminal() && status != CommandStatus.SUCCESS;
        if (bad) {
            assertThat(status.remedy()).endsWith(".");
            assertThat(status.meaning().isEmpty()).isEqualTo(status == CommandStatus.FAILED);
        }
        assertThat(CommandStatus.of(status.awsName())).contains(status);
    }

    @Test
    void aDeliveryTimeoutProvesNothing() {
        assertThat(CommandStatus.DELIVERY_TIMED_OUT.provesThatNothingRan()).isFalse();
        assertThat(CommandStatus.DELIVERY_TIMED_OUT.isForAnotherWorker()).isFalse();
    }
}
