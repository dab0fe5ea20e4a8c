/**
 * An AWS to run against: EC2 and STS over their real wire protocols, on loopback, with AWS's conflicts, delays and
 * limits.
 *
 * <p>Start it with {@link io.jenkins.plugins.awsoperations.simulator.AwsSimulator}; docs/simulator.md describes it.
 */
@NullMarked
package io.jenkins.plugins.awsoperations.simulator;

import org.jspecify.annotations.NullMarked;
