package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The parameters of {@code awaitStateMachine}, as Pipelines, forms and configuration files set them; their meaning and limits are
 * those of {@link ExecutionRequest}. A field that is null has its default, because a job's config.xml is read without constructor, and
 * may be older than the field.
 */
public abstract class AwaitStateMachineParameters extends AlertingStep {

    private String stateMachine;
    private String executionArn;
    private Object input;
    private String executionName;
    private Boolean linkParent;
    private Integer timeoutMinutes;
    private String onAbort;
    private String history;
    private Integer historyMaxLines;
    private List<String> unstableErrors;
    private Boolean redrive;

    /** The state machine to start: its name, or its ARN; perhaps with a version or an alias. */
    @CheckForNull
    public String getStateMachine() {
        return stateMachine;
    }

    @DataBoundSetter
    public void setStateMachine(String stateMachine) {
        this.stateMachine = Util.fixEmptyAndTrim(stateMachine);
    }

    /** The execution to follow instead of starting one. */
    @CheckForNull
    public String getExecutionArn() {
        return executionArn;
    }

    @DataBoundSetter
    public void setExecutionArn(String executionArn) {
        this.executionArn = Util.fixEmptyAndTrim(executionArn);
    }

    /** The execution's input, a map or a text with JSON; null for an empty object. */
    @CheckForNull
    public Object getInput() {
        return JsonInput.normal("input", input);
    }

    /** @param input a map, or a text with JSON */
    @DataBoundSetter
    public void setInput(Object input) {
        this.input = JsonInput.normal("input", input);
    }

    /** The execution's name; null for one that is made of job and build. */
    @CheckForNull
    public String getExecutionName() {
        return executionName;
    }

    @DataBoundSetter
    public void setExecutionName(String executionName) {
        this.executionName = Util.fixEmptyAndTrim(executionName);
    }

    /** Whether the input gets a link to the build, if it is an object. */
    public boolean isLinkParent() {
        return linkParent != null && linkParent;
    }

    @DataBoundSetter
    public void setLinkParent(boolean linkParent) {
        this.linkParent = linkParent;
    }

    /** How long to wait at most, in minutes; null for as long as AWS lets an execution run. */
    @CheckForNull
    public Integer getTimeoutMinutes() {
        return timeoutMinutes;
    }

    @DataBoundSetter
    public void setTimeoutMinutes(Integer timeoutMinutes) {
        this.timeoutMinutes = timeoutMinutes;
    }

    /** The name of a {@link ExecutionRequest.OnAbort}. */
    @NonNull
    public String getOnAbort() {
        return onAbort == null ? ExecutionRequest.OnAbort.STOP.name() : onAbort;
    }

    @DataBoundSetter
    public void setOnAbort(String onAbort) {
        this.onAbort = Util.fixEmptyAndTrim(onAbort);
    }

    /** The name of a {@link ExecutionRequest.History}. */
    @NonNull
    public String getHistory() {
        return history == null ? ExecutionRequest.History.STATES.name() : history;
    }

    @DataBoundSetter
    public void setHistory(String history) {
        this.history = Util.fixEmptyAndTrim(history);
    }

    /** How many lines of the history go into the build's log at most. */
    public int getHistoryMaxLines() {
        return historyMaxLines == null ? ExecutionRequest.DEFAULT_HISTORY_MAX_LINES : historyMaxLines;
    }

    @DataBoundSetter
    public void setHistoryMaxLines(int historyMaxLines) {
        this.historyMaxLines = historyMaxLines;
    }

    /** The errors of an execution that make the build unstable instead of failed. */
    @CheckForNull
    public List<String> getUnstableErrors() {
        return unstableErrors == null ? null : new ArrayList<>(unstableErrors);
    }

    @DataBoundSetter
    public void setUnstableErrors(List<String> unstableErrors) {
        this.unstableErrors = ListText.normal(unstableErrors);
    }

    /** Whether the execution that the build before has left failed goes on from the state in which it failed, if AWS allows it. */
    public boolean isRedrive() {
        return redrive != null && redrive;
    }

    @DataBoundSetter
    public void setRedrive(boolean redrive) {
        this.redrive = redrive;
    }
}
