package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Texts as a build's log shows them, for what is kept elsewhere: without the secrets that are bound around a step. */
public final class LoggedText {

    private LoggedText() {}

    /** @param text one line */
    @NonNull
    public static String of(String text, StepContext context) throws IOException, InterruptedException {
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        try (OutputStream log = filtered(decorated(logged, context), context)) {
            log.write((text + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return logged.toString(StandardCharsets.UTF_8).strip();
    }

    private static OutputStream decorated(OutputStream log, StepContext context)
            throws IOException, InterruptedException {
        TaskListenerDecorator decorator = context.get(TaskListenerDecorator.class);
        return decorator == null ? log : decorator.decorate(log);
    }

    private static OutputStream filtered(OutputStream log, StepContext context)
            throws IOException, InterruptedException {
        ConsoleLogFilter filter = context.get(ConsoleLogFilter.class);
        return filter == null ? log : filter.decorateLogger(context.get(Run.class), log);
    }
}
