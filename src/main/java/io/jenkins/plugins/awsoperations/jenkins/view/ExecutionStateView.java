package io.jenkins.plugins.awsoperations.jenkins.view;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.awsoperations.aws.AwsConsole;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.statemachine.StateRow;
import java.util.Date;

/** One state of an execution, as a row of the table. */
public final class ExecutionStateView {

    private final String region;
    private final ExecutionStateRecord record;

    ExecutionStateView(String region, ExecutionStateRecord record) {
        this.region = region;
        this.record = record;
    }

    @NonNull
    public String getName() {
        return record.getName();
    }

    /** {@code Task}, {@code Map}, …, as the definition has it. */
    @NonNull
    public String getType() {
        return record.getType();
    }

    /** What became of it, in words. */
    @NonNull
    public String getState() {
        StateRow.Status status = record.status();
        if (status == null) {
            return Messages.StateStatus_RUNNING();
        }
        return switch (status) {
            case RUNNING -> Messages.StateStatus_RUNNING();
            case SUCCEEDED -> Messages.StateStatus_SUCCEEDED();
            case CAUGHT -> Messages.StateStatus_CAUGHT();
            case FAILED -> Messages.StateStatus_FAILED();
            case ABORTED -> Messages.StateStatus_ABORTED();
        };
    }

    /** The symbol of what became of it, as builds have them. */
    @NonNull
    public String getIcon() {
        StateRow.Status status = record.status();
        if (status == null) {
            return "symbol-status-nobuilt";
        }
        return switch (status) {
            case RUNNING -> "symbol-status-nobuilt";
            case SUCCEEDED -> "symbol-status-blue";
            case CAUGHT -> "symbol-status-yellow";
            case FAILED -> "symbol-status-red";
            case ABORTED -> "symbol-status-aborted";
        };
    }

    /** When it was entered, or null when that is not known. */
    @CheckForNull
    public Date getBegin() {
        return record.getStartedAt() == 0 ? null : new Date(record.getStartedAt());
    }

    /** For sorting. */
    public long getBeginMillis() {
        return record.getStartedAt();
    }

    /** How long it took, without the time before a redrive. */
    @NonNull
    public String getDuration() {
        return getDurationMillis() < 0 ? "" : Util.getTimeSpanString(getDurationMillis());
    }

    /** For sorting, in milliseconds; -1 when its end was not seen. */
    public long getDurationMillis() {
        return record.getStartedAt() == 0 || record.getEndedAt() == 0
                ? -1
                : record.getEndedAt() - record.getStartedAt() - record.getIdle();
    }

    /** How often it was tried. */
    public int getAttempts() {
        return record.getAttempts();
    }

    /** The error of the last try with the beginning of its cause, or null. */
    @CheckForNull
    public String getReason() {
        return record.getReason();
    }

    /** What a Map or Parallel state did, or null. */
    @CheckForNull
    public String getCounts() {
        return record.getCounts();
    }

    /** The name of the execution that it started and waited for, or null. */
    @CheckForNull
    public String getChild() {
        String arn = record.getChildArn();
        return arn == null ? null : arn.substring(arn.lastIndexOf(':') + 1);
    }

    /** That execution's page in the AWS console. */
    @CheckForNull
    public String getChildUrl() {
        String arn = record.getChildArn();
        return arn == null ? null : AwsConsole.execution(region, arn);
    }
}
