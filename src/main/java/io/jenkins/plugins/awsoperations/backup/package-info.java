/** ec2Backup: request, per-instance state machine, image names, rotation and result. */
@NullMarked
package io.jenkins.plugins.awsoperations.backup;

import org.jspecify.annotations.NullMarked;
