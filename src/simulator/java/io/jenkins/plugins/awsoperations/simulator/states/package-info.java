/** The simulated Step Functions: state machines, executions, their histories and task tokens. */
@NullMarked
package io.jenkins.plugins.awsoperations.simulator.states;

import org.jspecify.annotations.NullMarked;
