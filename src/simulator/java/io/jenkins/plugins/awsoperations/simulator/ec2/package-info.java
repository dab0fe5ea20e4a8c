/** The simulated EC2: instances, images, snapshots and tags as functions of the clock, and the actions on them. */
@NullMarked
package io.jenkins.plugins.awsoperations.simulator.ec2;

import org.jspecify.annotations.NullMarked;
