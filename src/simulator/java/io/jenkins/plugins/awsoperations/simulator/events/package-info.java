/** The simulated EventBridge, as far as events are put into it. */
@NullMarked
package io.jenkins.plugins.awsoperations.simulator.events;

import org.jspecify.annotations.NullMarked;
