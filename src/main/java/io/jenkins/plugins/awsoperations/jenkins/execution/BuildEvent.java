package io.jenkins.plugins.awsoperations.jenkins.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.alert.FailEventRequest;
import io.jenkins.plugins.awsoperations.alert.FailEventState;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.time.Instant;
import jenkins.model.Jenkins;

/** The fail event of a build. */
public final class BuildEvent {

    private BuildEvent() {}

    /**
     * The event for the failure of one of its steps, before it is sent.
     *
     * @throws OperationException of kind CONFIGURATION when the account's settings for events are not valid
     */
    @NonNull
    static FailEventState of(
            AwsOperationException failure, String channel, AccountChoice account, Run<?, ?> run, Instant now) {
        EventDetails details = failure.details();
        FailEventRequest request = account.addressed(details.event(failure.failure()))
                .channel(channel)
                .executionUrl(page(details.page(), run))
                .failedAt(now)
                .build();
        RunIdentity identity = RunIdentity.create(run.getParent().getFullName(), String.valueOf(run.getNumber()));
        return FailEventState.begin(request, identity);
    }

    /**
     * Where to look.
     *
     * @param console the page of the AWS console, or null
     * @return that, else the build's; null when Jenkins does not know its own address
     */
    @CheckForNull
    public static String page(@CheckForNull String console, Run<?, ?> run) {
        if (console != null) {
            return console;
        }
        String root = Jenkins.get().getRootUrl();
        return root == null ? null : root + run.getUrl();
    }
}
