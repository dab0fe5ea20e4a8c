/** The Amazon States Language with JSONPath, as far as it says what a state does with data. Knows no time. */
@NullMarked
package io.jenkins.plugins.awsoperations.simulator.asl;

import org.jspecify.annotations.NullMarked;
