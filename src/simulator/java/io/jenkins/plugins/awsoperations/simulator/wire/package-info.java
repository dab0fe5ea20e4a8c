/** The Query protocol: parameters in, XML out, and what happens to every call on its way to a service. */
@NullMarked
package io.jenkins.plugins.awsoperations.simulator.wire;

import org.jspecify.annotations.NullMarked;
