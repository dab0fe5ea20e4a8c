package io.jenkins.plugins.awsoperations.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Builds {@link SimulatorSettings}, whose components say what each setting means. Durations are simulated time. */
public final class SimulatorSettingsBuilder {

    private Duration imageDurationMin = Duration.ofSeconds(60);
    private Duration imageDurationMax = Duration.ofSeconds(120);
    private Duration rebootDuration = Duration.ofSeconds(45);
    private Duration statusCheckDuration = Duration.ofSeconds(60);
    private Duration consistencyDelay = Duration.ofSeconds(2);
    private Duration nameReservation = Duration.ofSeconds(30);
    private Duration deregisteredRemembered = Duration.ofSeconds(60);
    private int concurrentNoRebootLimit = 1;
    private Duration noRebootExclusive = Duration.ofSeconds(5);
    private int snapshotConcurrencyPerVolume = 5;
    private Duration launchDuration = Duration.ZERO;
    private Duration stateChangeDuration = Duration.ofSeconds(5);
    private Duration terminatedRemembered = Duration.ofHours(1);
    private int maxPage = 1000;
    private @Nullable String requiredExternalId;
    private boolean sessionExpiryEnforced;
    private RequestBuckets buckets = RequestBuckets.none();
    private Duration invocationDelay = Duration.ofSeconds(2);
    private Duration delayedAfter = Duration.ofSeconds(30);
    private boolean spacedStatusDetails;
    private Duration logVisibilityMin = Duration.ZERO;
    private Duration logVisibilityMax = Duration.ofSeconds(2);
    private boolean sloppyLogPages;
    private boolean agentNotesFailures;
    private boolean logsRepeatAfterReboot;
    private int emptyLogPages;
    private OutputLimits outputLimits = OutputLimits.aws();
    private @Nullable Duration executionConsistencyDelay;
    private Duration statusDelay = Duration.ofMillis(500);
    private int openExecutionLimit = 1_000_000;

    SimulatorSettingsBuilder() {}

    SimulatorSettingsBuilder(SimulatorSettings from) {
        this.imageDurationMin = from.imageDurationMin();
        this.imageDurationMax = from.imageDurationMax();
        this.rebootDuration = from.rebootDuration();
        this.statusCheckDuration = from.statusCheckDuration();
        this.consistencyDelay = from.consistencyDelay();
        this.nameReservation = from.nameReservation();
        this.deregisteredRemembered = from.deregisteredRemembered();
        this.concurrentNoRebootLimit = from.concurrentNoRebootLimit();
        this.noRebootExclusive = from.noRebootExclusive();
        this.snapshotConcurrencyPerVolume = from.snapshotConcurrencyPerVolume();
        this.launchDuration = from.launchDuration();
        this.stateChangeDuration = from.stateChangeDuration();
        this.terminatedRemembered = from.terminatedRemembered();
        this.maxPage = from.maxPage();
        this.requiredExternalId = from.requiredExternalId();
        this.sessionExpiryEnforced = from.sessionExpiryEnforced();
        this.buckets = from.buckets();
        this.invocationDelay = from.commands().invocationDelay();
        this.delayedAfter = from.commands().delayedAfter();
        this.spacedStatusDetails = from.commands().spacedStatusDetails();
        this.logVisibilityMin = from.commands().logVisibilityMin();
        this.logVisibilityMax = from.commands().logVisibilityMax();
        this.sloppyLogPages = from.commands().sloppyLogPages();
        this.agentNotesFailures = from.commands().agentNotesFailures();
        this.logsRepeatAfterReboot = from.commands().logsRepeatAfterReboot();
        this.emptyLogPages = from.commands().emptyLogPages();
        this.outputLimits = from.commands().limits();
        this.executionConsistencyDelay = from.states().consistencyDelay();
        this.statusDelay = from.states().statusDelay();
        this.openExecutionLimit = from.states().openExecutionLimit();
    }

    /** Every image takes exactly this long. */
    public SimulatorSettingsBuilder imageDuration(Duration exactly) {
        return imageDuration(exactly, exactly);
    }

    /** An image takes between {@code min} and {@code max}, drawn from the seed. */
    public SimulatorSettingsBuilder imageDuration(Duration min, Duration max) {
        this.imageDurationMin = min;
        this.imageDurationMax = max;
        return this;
    }

    /** Sets {@link SimulatorSettings#rebootDuration}. */
    public SimulatorSettingsBuilder rebootDuration(Duration value) {
        this.rebootDuration = value;
        return this;
    }

    /** Sets {@link SimulatorSettings#statusCheckDuration}. */
    public SimulatorSettingsBuilder statusCheckDuration(Duration value) {
        this.statusCheckDuration = value;
        return this;
    }

    /** Sets {@link SimulatorSettings#consistencyDelay}. */
    public SimulatorSettingsBuilder consistencyDelay(Duration value) {
        this.consistencyDelay = value;
        return this;
    }

    /** Sets {@link SimulatorSettings#nameReservation}. */
    public SimulatorSettingsBuilder nameReservation(Duration value) {
        this.nameReservation = value;
        return this;
    }

    /** Sets {@link SimulatorSettings#deregisteredRemembered}. */
    public SimulatorSettingsBuilder deregisteredRemembered(Duration value) {
        this.deregisteredRemembered = value;
        return this;
    }

    /** Sets {@link SimulatorSettings#concurrentNoRebootLimit}. */
    public SimulatorSettingsBuilder concurrentNoRebootLimit(int value) {
        this.concurrentNoRebootLimit = value;
        return this;
    }

    /** Sets {@link SimulatorSettings#noRebootExclusive}. */
    public SimulatorSettingsBuilder noRebootExclusive(Duration value) {
        this.noRebootExclusive = value;
        return this;
    }

    /** Sets {@link SimulatorSettings#snapshotConcurrencyPerVolume}. */
    public SimulatorSettingsBuilder snapshotConcurrencyPerVolume(int value) {
        this.snapshotConcurrencyPerVolume = value;
        return this;
    }

    /** Sets {@link SimulatorSettings#launchDuration}. */
    public SimulatorSettingsBuilder launchDuration(Duration value) {
        this.launchDuration = value;
        return this;
    }

    /** Sets {@link SimulatorSettings#stateChangeDuration}. */
    public SimulatorSettingsBuilder stateChangeDuration(Duration value) {
        this.stateChangeDuration = value;
        return this;
    }

    /** Sets {@link SimulatorSettings#terminatedRemembered}. */
    public SimulatorSettingsBuilder terminatedRemembered(Duration value) {
        this.terminatedRemembered = value;
        return this;
    }

    /** Sets {@link SimulatorSettings#maxPage}. */
    public SimulatorSettingsBuilder maxPage(int value) {
        this.maxPage = value;
        return this;
    }

    /** Sets {@link SimulatorSettings#requiredExternalId}. */
    public SimulatorSettingsBuilder requiredExternalId(@Nullable String value) {
        this.requiredExternalId = value;
        return this;
    }

    /** Sets {@link SimulatorSettings#sessionExpiryEnforced}. */
    public SimulatorSettingsBuilder sessionExpiryEnforced(boolean value) {
        this.sessionExpiryEnforced = value;
        return this;
    }

    /** Sets {@link SimulatorSettings#buckets}. */
    public SimulatorSettingsBuilder buckets(RequestBuckets value) {
        this.buckets = value;
        return this;
    }

    /** Sets {@link CommandSettings#invocationDelay}. */
    public SimulatorSettingsBuilder invocationDelay(Duration value) {
        this.invocationDelay = value;
        return this;
    }

    /** Sets {@link CommandSettings#delayedAfter}. */
    public SimulatorSettingsBuilder delayedAfter(Duration value) {
        this.delayedAfter = value;
        return this;
    }

    /** Sets {@link CommandSettings#spacedStatusDetails}. */
    public SimulatorSettingsBuilder spacedStatusDetails(boolean value) {
        this.spacedStatusDetails = value;
        return this;
    }

    /** Every upload to CloudWatch Logs can be read after exactly this long. */
    public SimulatorSettingsBuilder logVisibility(Duration exactly) {
        return logVisibility(exactly, exactly);
    }

    /** An upload to CloudWatch Logs can be read after {@code min} to {@code max}, drawn from the seed. */
    public SimulatorSettingsBuilder logVisibility(Duration min, Duration max) {
        this.logVisibilityMin = min;
        this.logVisibilityMax = max;
        return this;
    }

    /** Sets {@link CommandSettings#sloppyLogPages}. */
    public SimulatorSettingsBuilder sloppyLogPages(boolean value) {
        this.sloppyLogPages = value;
        return this;
    }

    /** Sets {@link CommandSettings#agentNotesFailures}. */
    public SimulatorSettingsBuilder agentNotesFailures(boolean value) {
        this.agentNotesFailures = value;
        return this;
    }

    /** Sets {@link CommandSettings#logsRepeatAfterReboot}. */
    public SimulatorSettingsBuilder logsRepeatAfterReboot(boolean value) {
        this.logsRepeatAfterReboot = value;
        return this;
    }

    /** Sets {@link CommandSettings#emptyLogPages}. */
    public SimulatorSettingsBuilder emptyLogPages(int value) {
        this.emptyLogPages = value;
        return this;
    }

    /** Sets {@link CommandSettings#limits}. */
    public SimulatorSettingsBuilder outputLimits(OutputLimits value) {
        this.outputLimits = value;
        return this;
    }

    /** Sets {@link StatesSettings#consistencyDelay}. */
    public SimulatorSettingsBuilder executionConsistencyDelay(@Nullable Duration value) {
        this.executionConsistencyDelay = value;
        return this;
    }

    /** Sets {@link StatesSettings#statusDelay}. */
    public SimulatorSettingsBuilder statusDelay(Duration value) {
        this.statusDelay = value;
        return this;
    }

    /** Sets {@link StatesSettings#openExecutionLimit}. */
    public SimulatorSettingsBuilder openExecutionLimit(int value) {
        this.openExecutionLimit = value;
        return this;
    }

    /** The settings. */
    public SimulatorSettings build() {
        return new SimulatorSettings(
                imageDurationMin,
                imageDurationMax,
                rebootDuration,
                statusCheckDuration,
                consistencyDelay,
                nameReservation,
                deregisteredRemembered,
                concurrentNoRebootLimit,
                noRebootExclusive,
                snapshotConcurrencyPerVolume,
                launchDuration,
                stateChangeDuration,
                terminatedRemembered,
                maxPage,
                requiredExternalId,
                sessionExpiryEnforced,
                buckets,
                new CommandSettings(
                        invocationDelay,
                        delayedAfter,
                        spacedStatusDetails,
                        logVisibilityMin,
                        logVisibilityMax,
                        sloppyLogPages,
                        agentNotesFailures,
                        logsRepeatAfterReboot,
                        emptyLogPages,
                        outputLimits),
                new StatesSettings(executionConsistencyDelay, statusDelay, openExecutionLimit));
    }
}
