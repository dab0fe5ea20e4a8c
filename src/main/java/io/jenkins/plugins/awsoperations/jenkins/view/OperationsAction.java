package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jenkins.model.RunAction2;

/**
 * What the steps of one kind did in a build: a summary on its page, and a page of its own.
 *
 * @param <R> what is kept of each run
 */
public abstract class OperationsAction<R extends OperationRecord> implements RunAction2 {

    /** Replaced whole and never changed, because the build may be written at any time. */
    private volatile List<R> records = new ArrayList<>();

    private transient Run<?, ?> run;

    /** Adds a record to the build's action, and writes the build. */
    static <R extends OperationRecord, A extends OperationsAction<R>> void add(
            Run<?, ?> run, R record, Class<A> type, Supplier<A> first) throws IOException {
        // Steps of one build may end at the same time.
        synchronized (run) {
            A action = run.getAction(type);
            A kept = action == null ? first.get() : action;
            List<R> all = new ArrayList<>(kept.records());
            all.removeIf(record::isOfSameRun);
            all.add(record);
            kept.replace(all);
            if (action == null) {
                run.addAction(kept);
            }
            run.save();
        }
    }

    final void replace(List<R> all) {
        records = all;
    }

    @Override
    public final void onAttached(Run<?, ?> build) {
        run = build;
    }

    @Override
    public final void onLoad(Run<?, ?> build) {
        run = build;
    }

    /** The build, for the page. */
    @CheckForNull
    public final Run<?, ?> getRun() {
        return run;
    }

    /** In the order in which they ended. */
    @NonNull
    public final List<R> records() {
        return List.copyOf(records);
    }
}
