package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.TaskListener;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import java.io.IOException;
import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * A build's log as operations write to it. What remote commands wrote goes through the same stream as everything else, in which
 * Jenkins hides the build's secrets.
 */
final class BuildLog implements OperationLog {

    private static final Logger LOGGER = Logger.getLogger(BuildLog.class.getName());

    private final PrintStream stream;
    private boolean insideOfLine;

    private BuildLog(PrintStream stream) {
        this.stream = stream;
    }

    /** Every line of ours begins with our prefix. */
    static OperationLog of(TaskListener listener) {
        return new BuildLog(listener.getLogger()).prefixed();
    }

    /** The log of a step; of one whose build is gone, nothing is written. */
    static OperationLog of(StepContext context) {
        try {
            return of(context.get(TaskListener.class));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> context + " has no log any more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return line -> LOGGER.log(Level.FINE, "no log for: {0}", line);
    }

    @Override
    public synchronized void line(@NonNull String text) {
        if (insideOfLine) {
            stream.println();
            insideOfLine = false;
        }
        stream.println(text);
    }

    @Override
    public synchronized void output(@NonNull OutputChannel channel, @NonNull byte[] bytes) {
        if (bytes.length > 0) {
            stream.write(bytes, 0, bytes.length);
            stream.flush();
            insideOfLine = bytes[bytes.length - 1] != '\n';
        }
    }
}
