package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.ConsoleLogFilter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Texts as a build's log shows them, for what is kept elsewhere: without the secrets that are bound around a step. */
public final class LoggedText {

    /** What decorators put before a line, as a time, is not part of the text. */
    private static final String BEGIN = "text> ";

    private LoggedText() {}

    /** @param text one line */
    @NonNull
    public static String of(String text, StepContext context) throws IOException, InterruptedException {
        TaskListenerDecorator decorator = decorator(context);
        if (decorator == null) {
            return text;
        }
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        try (OutputStream log = decorator.decorate(logged)) {
            log.write((BEGIN + text + "\n").getBytes(StandardCharsets.UTF_8));
        }
        String line = logged.toString(StandardCharsets.UTF_8);
        return line.substring(line.indexOf(BEGIN) + BEGIN.length()).strip();
    }

    /** What the blocks around the step add to its log, in the order in which Pipeline itself adds it; null for nothing. */
    @CheckForNull
    private static TaskListenerDecorator decorator(StepContext context) throws IOException, InterruptedException {
        ConsoleLogFilter filter = context.get(ConsoleLogFilter.class);
        return TaskListenerDecorator.merge(
                filter == null ? null : TaskListenerDecorator.fromConsoleLogFilter(filter),
                context.get(TaskListenerDecorator.class));
    }
}
