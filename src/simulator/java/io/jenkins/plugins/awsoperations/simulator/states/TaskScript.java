package io.jenkins.plugins.awsoperations.simulator.states;

import org.jspecify.annotations.Nullable;

/** What the tasks of executions come to, as a test wants it. */
@FunctionalInterface
public interface TaskScript {

    /**
     * What a task comes to. Called when it starts, again for every retry.
     *
     * @return null: as without a script. A task with {@code .waitForTaskToken} then waits for its token, any other
     *     succeeds after a second with {@code {}}
     */
    @Nullable
    TaskOutcome run(TaskCall call);
}
