package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.alert.FailEventRequest;
import io.jenkins.plugins.awsoperations.alert.FailEventResult;
import io.jenkins.plugins.awsoperations.alert.FailEventState;
import io.jenkins.plugins.awsoperations.alert.SendFailEvent;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.operation.BlockingRunner;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import java.time.Clock;

/** The alert of a run that failed. One that cannot be sent is a warning, and never hides the failure. */
final class Alert {

    private final AwsConnection aws;
    private final RunOptions run;
    private final Console console;

    Alert(AwsConnection aws, RunOptions run, Console console) {
        this.aws = aws;
        this.run = run;
        this.console = console;
    }

    void send(OperationFailure failure, EventDetails details) {
        OperationLog log = console.log().prefixed();
        try {
            FailEventRequest request =
                    details.event(failure).channel(run.alertChannel).build();
            SendFailEvent operation = new SendFailEvent(aws);
            FailEventState state = operation.begin(request, run.identity());
            Conversation<FailEventState, FailEventResult> conversation =
                    new Conversation<>(operation, state, Clock.systemUTC(), line -> tell(log, line), StateStore.none());
            new BlockingRunner().run(conversation, console::progress);
        } catch (OperationException e) {
            log.line("WARNING: the alert to channel " + run.alertChannel + " could not be sent: "
                    + e.failure().describe());
        } finally {
            console.endProgress();
        }
    }

    /** The account stands in the run's log already. */
    private void tell(OperationLog log, String line) {
        if (!aws.isIdentified() || !line.equals(aws.describe())) {
            log.line(line);
        }
    }
}
