/** awaitStateMachine: starts or follows a Step Functions execution, tells its history, and waits for its end. */
@NullMarked
package io.jenkins.plugins.awsoperations.statemachine;

import org.jspecify.annotations.NullMarked;
