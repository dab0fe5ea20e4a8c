package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.console.ConsoleLogFilter;
import hudson.model.AbstractBuild;
import hudson.model.BuildableItemWithBuildWrappers;
import hudson.model.Run;
import hudson.tasks.BuildWrapper;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.log.TaskListenerDecorator;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Texts as a build's log shows them, for what is kept or sent elsewhere: without the secrets that are bound around a step. A text must
 * be given whole: of a secret that is cut nothing is found.
 */
public final class LoggedText {

    /** What decorators put before a line, as a time, is not part of the text. */
    private static final String BEGIN = "text> ";

    private final Log log;

    private LoggedText(Log log) {
        this.log = log;
    }

    /** As around a step of a Pipeline. */
    @NonNull
    public static LoggedText around(StepContext context) throws IOException, InterruptedException {
        TaskListenerDecorator decorator = decorator(context);
        return new LoggedText(out -> decorator == null ? out : decorator.decorate(out));
    }

    /** As in the build steps of a build, in the order in which Jenkins itself adds filters to its log. */
    @NonNull
    public static LoggedText in(Run<?, ?> run) {
        return new LoggedText(out -> {
            OutputStream decorated = out;
            for (ConsoleLogFilter filter : ConsoleLogFilter.all()) {
                decorated = filter.decorateLogger(run, decorated);
            }
            if (run instanceof AbstractBuild<?, ?> build
                    && build.getProject() instanceof BuildableItemWithBuildWrappers project) {
                for (BuildWrapper wrapper : project.getBuildWrappersList()) {
                    decorated = wrapper.decorateLogger(build, decorated);
                }
            }
            return decorated;
        });
    }

    /** @param text one line */
    @NonNull
    public static String of(String text, StepContext context) throws IOException, InterruptedException {
        return around(context).of(text).strip();
    }

    /** A text of any number of lines. */
    @NonNull
    public String of(String text) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            lines.add(line.isBlank() ? line : logged(line));
        }
        return String.join("\n", lines);
    }

    /** What failed and what to do, in these texts. */
    @NonNull
    OperationFailure of(OperationFailure failure) throws IOException, InterruptedException {
        return OperationFailure.ofAws(
                failure.kind(),
                of(failure.message()),
                orNull(failure.remedy()),
                failure.awsCode(),
                orNull(failure.awsMessage()),
                failure.requestId());
    }

    /**
     * A copy of maps and lists with these texts, also in the keys. It holds nothing but maps, lists, texts, numbers, truth values and
     * nulls; all else stands for its text.
     */
    @CheckForNull
    public Serializable ofAll(@CheckForNull Object value) throws IOException, InterruptedException {
        if (value == null || value instanceof Boolean || value instanceof Number) {
            return (Serializable) value;
        }
        if (value instanceof Map<?, ?> map) {
            LinkedHashMap<String, Object> copy = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                copy.put(of(String.valueOf(entry.getKey())), ofAll(entry.getValue()));
            }
            return copy;
        }
        if (value instanceof Collection<?> list) {
            ArrayList<Object> copy = new ArrayList<>();
            for (Object element : list) {
                copy.add(ofAll(element));
            }
            return copy;
        }
        return of(value.toString());
    }

    @CheckForNull
    private String orNull(@CheckForNull String text) throws IOException, InterruptedException {
        return text == null ? null : of(text);
    }

    private String logged(String line) throws IOException, InterruptedException {
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        // Not closed: Credentials Binding takes that for the end of the build, and shows its secrets from then on.
        OutputStream out = log.decorate(logged);
        out.write((BEGIN + line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        String shown = logged.toString(StandardCharsets.UTF_8);
        int begin = shown.indexOf(BEGIN);
        return begin < 0 ? "" : shown.substring(begin + BEGIN.length()).stripTrailing();
    }

    /** What the blocks around the step add to its log, in the order in which Pipeline itself adds it; null for nothing. */
    @CheckForNull
    private static TaskListenerDecorator decorator(StepContext context) throws IOException, InterruptedException {
        ConsoleLogFilter filter = context.get(ConsoleLogFilter.class);
        return TaskListenerDecorator.merge(
                filter == null ? null : TaskListenerDecorator.fromConsoleLogFilter(filter),
                context.get(TaskListenerDecorator.class));
    }

    /** A log to which filters were added. */
    @FunctionalInterface
    private interface Log {
        OutputStream decorate(OutputStream out) throws IOException, InterruptedException;
    }
}
