/** The command line: the engine without Jenkins, the simulator, the demo and the benchmarks. */
@NullMarked
package io.jenkins.plugins.awsoperations.cli;

import org.jspecify.annotations.NullMarked;
