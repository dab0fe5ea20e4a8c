/** The contract of an operation that can be put down and picked up, and what every operation shares: failures, log, poll schedule, exclusive access and the two ways to drive it. */
@NullMarked
package io.jenkins.plugins.awsoperations.operation;

import org.jspecify.annotations.NullMarked;
