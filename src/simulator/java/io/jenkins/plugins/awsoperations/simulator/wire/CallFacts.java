package io.jenkins.plugins.awsoperations.simulator.wire;

import io.jenkins.plugins.awsoperations.simulator.FaultEffect;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.time.Instant;

/**
 * What is known of a call besides what it asks.
 *
 * @param now simulated time of the call, the same throughout
 * @param settings the settings at the time of the call
 * @param effect what goes wrong with this call
 * @param principal access key id of the caller; empty when the request was not signed
 */
public record CallFacts(Instant now, SimulatorSettings settings, FaultEffect effect, String principal) {}
