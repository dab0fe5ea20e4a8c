package io.jenkins.plugins.awsoperations.jenkins.execution;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Writing a Pipeline with its steps, before something is sent to AWS. */
final class SavedPipeline {

    /** Writing a Pipeline takes milliseconds; when it takes longer than this, nothing may be sent to AWS. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private SavedPipeline() {}

    /**
     * Returns when it is written. Not for the thread of the Pipeline itself.
     *
     * @throws IllegalStateException when it could not be written
     */
    static void save(StepContext context) {
        try {
            context.saveState().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the build's state could not be written: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the build's state could not be written within " + TIMEOUT.toSeconds() + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the build's state was written", e);
        }
    }
}
