/** Finds EC2 instances by their tags. */
@NullMarked
package io.jenkins.plugins.awsoperations.fleet;

import org.jspecify.annotations.NullMarked;
