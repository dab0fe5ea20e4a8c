/** The HTTP server: AWS's endpoint at {@code /} and the control plane under {@code /_simulator/}. */
@NullMarked
package io.jenkins.plugins.awsoperations.simulator.http;

import org.jspecify.annotations.NullMarked;
