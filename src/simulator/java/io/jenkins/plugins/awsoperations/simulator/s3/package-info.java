/** The simulated S3, as far as objects are read. */
@NullMarked
package io.jenkins.plugins.awsoperations.simulator.s3;

import org.jspecify.annotations.NullMarked;
