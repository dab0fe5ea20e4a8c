/** The simulated CloudWatch Logs, as far as it is read. */
@NullMarked
package io.jenkins.plugins.awsoperations.simulator.logs;

import org.jspecify.annotations.NullMarked;
