package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.remoting.ProxyException;
import io.jenkins.plugins.awsoperations.alert.FailEventRequest;
import io.jenkins.plugins.awsoperations.alert.FailEventRequestBuilder;
import io.jenkins.plugins.awsoperations.jenkins.execution.AwsOperationException;
import io.jenkins.plugins.awsoperations.jenkins.execution.BuildEvent;
import io.jenkins.plugins.awsoperations.jenkins.execution.LoggedText;
import io.jenkins.plugins.awsoperations.jenkins.execution.OperationsRuntime;
import io.jenkins.plugins.awsoperations.jenkins.execution.StopCause;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * What is known of a failure in a build.
 *
 * @param error what was thrown, or null when nothing was
 * @param message what was said when nothing was thrown, or null
 * @param stage the stage in which it failed, or null for none
 * @param step the function name of the step that failed, or null when it was no step
 */
record FoundFailure(
        @CheckForNull Throwable error,
        @CheckForNull String message,
        @CheckForNull String stage,
        @CheckForNull String step) {

    /** The text of an exception that could not be written as it was: the class's name, and its message. */
    private static final Pattern PROXIED = Pattern.compile("(?:[\\w$]+\\.)*([\\w$]+)(?:: (.*))?", Pattern.DOTALL);

    /** Nothing. */
    static final FoundFailure NONE = new FoundFailure(null, null, null, null);

    /** The last failure of a build step of AWS Operations; of others nothing is known. */
    @NonNull
    static FoundFailure ofBuildStep(Run<?, ?> run) {
        return new FoundFailure(OperationsRuntime.get().failureIn(run), null, null, null);
    }

    /** The event that tells it; without an address. */
    @NonNull
    FailEventRequestBuilder event(Run<?, ?> run, LoggedText logged) throws IOException, InterruptedException {
        Map<String, Object> place = new LinkedHashMap<>();
        if (stage != null) {
            place.put("stage", logged.of(stage));
        }
        if (step != null) {
            place.put("step", step);
        }
        if (error instanceof AwsOperationException ours) {
            return ours.details()
                    .event(ours.failure(), place)
                    .executionUrl(BuildEvent.page(ours.details().page(), run));
        }
        Map<String, Object> cause = new LinkedHashMap<>();
        cause.put("message", logged.of(text(run)));
        cause.putAll(place);
        return FailEventRequest.builder().error(name(run)).causeObject(cause).executionUrl(BuildEvent.page(null, run));
    }

    @CheckForNull
    private String name(Run<?, ?> run) {
        if (error == null) {
            Result result = run.getResult();
            return result == null ? null : result.toString();
        }
        if (error instanceof AbortException) {
            return FailEventRequest.DEFAULT_ERROR;
        }
        Matcher proxied = PROXIED.matcher(String.valueOf(error.getMessage()));
        if (!(error instanceof ProxyException) || !proxied.matches()) {
            return error.getClass().getSimpleName();
        }
        return proxied.group(1).equals(AbortException.class.getSimpleName())
                ? FailEventRequest.DEFAULT_ERROR
                : proxied.group(1);
    }

    private String text(Run<?, ?> run) {
        if (error == null) {
            return message == null ? run + " ends as " + run.getResult() : message;
        }
        if (error instanceof FlowInterruptedException) {
            return StopCause.reason(error);
        }
        String said = error.getMessage();
        Matcher proxied = PROXIED.matcher(String.valueOf(said));
        if (error instanceof ProxyException && proxied.matches() && proxied.group(2) != null) {
            return proxied.group(2);
        }
        return said == null || said.isBlank() ? error.toString() : said;
    }
}
