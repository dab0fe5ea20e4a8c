/** runOnTaggedInstance: one command on one suitable worker, with its output and its exit code, and nothing run twice. */
@NullMarked
package io.jenkins.plugins.awsoperations.command;

import org.jspecify.annotations.NullMarked;
