package io.jenkins.plugins.awsoperations.simulator.states;

import io.jenkins.plugins.awsoperations.simulator.asl.Document;
import io.jenkins.plugins.awsoperations.simulator.asl.StateFailure;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How executions end. */
final class Endings {

    private static final int NOTHING = 0;

    private final StatesStore store;
    private @Nullable Watcher watcher;

    Endings(StatesStore store) {
        this.store = store;
    }

    /** Somebody who has to know. */
    interface Watcher {

        /** Nothing more comes of what a strand was doing. */
        void abandoned(Strand strand, Instant now);

        /** An execution has ended that a task waits for. */
        void ended(Attempt waiting, Execution execution, Instant now);
    }

    void watch(Watcher newWatcher) {
        watcher = newWatcher;
    }

    void succeeded(Execution execution, Document output, Instant now) {
        execution.root().succeed(output);
        int previous = execution.root().last();
        end(
                execution,
                ExecutionStatus.SUCCEEDED,
                new Standing.Ending(output.text(), null, null),
                previous,
                "ExecutionSucceeded",
                Map.of("output", output.text()),
                now);
    }

    void failed(Execution execution, StateFailure failure, int previous, Instant now) {
        end(
                execution,
                ExecutionStatus.FAILED,
                new Standing.Ending(null, failure.error(), failure.explanation()),
                previous,
                "ExecutionFailed",
                Details.failure(failure),
                now);
    }

    void aborted(Execution execution, @Nullable String error, @Nullable String cause, Instant now) {
        end(
                execution,
                ExecutionStatus.ABORTED,
                new Standing.Ending(null, error, cause),
                NOTHING,
                "ExecutionAborted",
                Details.failure(error, cause),
                now);
    }

    void timedOut(Execution execution, Instant now) {
        end(
                execution,
                ExecutionStatus.TIMED_OUT,
                new Standing.Ending(null, null, null),
                NOTHING,
                "ExecutionTimedOut",
                Map.of(),
                now);
    }

    private void end(
            Execution execution,
            ExecutionStatus status,
            Standing.Ending ending,
            int previous,
            String event,
            Map<String, Object> details,
            Instant now) {
        if (!execution.running()) {
            return;
        }
        execution.history().addLast(previous, event, now, details);
        execution.standing(execution.standing().ended(status, ending, now));
        execution.machine().runningChanged(-1);
        store.forgetDeleted(execution.machine());
        Watcher told = watcher;
        if (told != null) {
            told.abandoned(execution.root(), now);
            Attempt waiting = execution.startedBy();
            if (waiting != null) {
                told.ended(waiting, execution, now);
            }
        }
    }
}
