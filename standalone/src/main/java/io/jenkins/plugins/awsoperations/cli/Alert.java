package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.alert.FailEventRequest;
import io.jenkins.plugins.awsoperations.alert.SendFailEvent;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.OperationLog;

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
            OperationCommand.operate(new SendFailEvent(aws), request, run.identity(), line -> tell(log, line), console);
        } catch (OperationException e) {
            log.line("WARNING: the alert to channel " + run.alertChannel + " could not be sent: "
                    + e.failure().describe());
        }
    }

    /** The account stands in the run's log already. */
    private void tell(OperationLog log, String line) {
        if (!aws.isIdentified() || !line.equals(aws.describe())) {
            log.line(line);
        }
    }
}
