/** The simulated Systems Manager: Run Command and the agents on the nodes. */
@NullMarked
package io.jenkins.plugins.awsoperations.simulator.ssm;

import org.jspecify.annotations.NullMarked;
