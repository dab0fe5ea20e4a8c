/** The simulated STS: assumed roles and who a caller is. */
@NullMarked
package io.jenkins.plugins.awsoperations.simulator.sts;

import org.jspecify.annotations.NullMarked;
