package io.jenkins.plugins.awsoperations.simulator;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the simulated AWS is like. All durations are simulated time. Where AWS publishes a number it is the default; the
 * others are choices, made so that a program that relies on luck fails soon.
 *
 * @param imageDurationMin shortest time from CreateImage to an available image; default 60 s
 * @param imageDurationMax longest such time; default 120 s. Each image's own time is drawn from the seed
 * @param rebootDuration time during which a CreateImage with reboot keeps the instance down; default 45 s
 * @param statusCheckDuration time after a reboot or a launch until the status checks report ok; default 60 s
 * @param consistencyDelay how long Describe calls do not show what a write just did; default 2 s (Amazon EC2 Developer
 *     Guide, "Eventual consistency in the Amazon EC2 API")
 * @param nameReservation how long the name of a deregistered image stays taken; default 30 s (Amazon EC2 Developer
 *     Guide, "Error codes", InvalidAMIName.Duplicate)
 * @param deregisteredRemembered how long a deregistered image answers InvalidAMIID.Unavailable and an empty list before
 *     InvalidAMIID.NotFound; default 60 s
 * @param concurrentNoRebootLimit CreateImage calls without reboot that one instance may have at once; default 1
 * @param noRebootExclusive how long such a call counts; default 5 s
 * @param snapshotConcurrencyPerVolume snapshots that one volume may have pending; default 5 (Amazon EBS quotas)
 * @param launchDuration time from RunInstances to running; default 0
 * @param stateChangeDuration time that StopInstances, StartInstances and TerminateInstances take; default 5 s
 * @param terminatedRemembered how long a terminated instance is still described; default 1 h (API reference of
 *     DescribeInstances: "usually less than one hour")
 * @param maxPage most items in one reply, whether or not the client asked for pages; default 1000
 * @param requiredExternalId external id without which AssumeRole answers AccessDenied; default null: none is required
 * @param sessionExpiryEnforced whether keys of AssumeRole are refused after their (simulated) duration; default false
 * @param buckets request throttling; default {@link RequestBuckets#none()}
 * @param commands what Run Command and CloudWatch Logs are like
 * @param states what Step Functions is like
 */
public record SimulatorSettings(
        Duration imageDurationMin,
        Duration imageDurationMax,
        Duration rebootDuration,
        Duration statusCheckDuration,
        Duration consistencyDelay,
        Duration nameReservation,
        Duration deregisteredRemembered,
        int concurrentNoRebootLimit,
        Duration noRebootExclusive,
        int snapshotConcurrencyPerVolume,
        Duration launchDuration,
        Duration stateChangeDuration,
        Duration terminatedRemembered,
        int maxPage,
        @Nullable String requiredExternalId,
        boolean sessionExpiryEnforced,
        RequestBuckets buckets,
        CommandSettings commands,
        StatesSettings states) {

    /** Checks that the numbers make sense together. */
    public SimulatorSettings {
        if (imageDurationMin.isNegative() || imageDurationMax.compareTo(imageDurationMin) < 0) {
            throw new IllegalArgumentException(
                    "image duration from " + imageDurationMin + " to " + imageDurationMax + " is no range");
        }
        if (concurrentNoRebootLimit < 1 || snapshotConcurrencyPerVolume < 1 || maxPage < 1) {
            throw new IllegalArgumentException("limits are at least 1");
        }
    }

    /** How long DescribeExecution, GetExecutionHistory and ListExecutions do not know an execution that was started. */
    public Duration executionConsistencyDelay() {
        Duration own = states.consistencyDelay();
        return own == null ? consistencyDelay : own;
    }

    /** The defaults. */
    public static SimulatorSettings defaults() {
        return builder().build();
    }

    /** A builder that starts from the defaults. */
    public static SimulatorSettingsBuilder builder() {
        return new SimulatorSettingsBuilder();
    }

    /** A builder that starts from these settings. */
    public SimulatorSettingsBuilder toBuilder() {
        return new SimulatorSettingsBuilder(this);
    }

    /** These settings with some changed, for example {@code with(s -> s.consistencyDelay(Duration.ZERO))}. */
    public SimulatorSettings with(Consumer<SimulatorSettingsBuilder> change) {
        SimulatorSettingsBuilder builder = toBuilder();
        change.accept(builder);
        return builder.build();
    }
}
