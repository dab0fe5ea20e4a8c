package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedStates.WAITING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** What goes wrong on the way to Step Functions, and what it looks like on the wire. */
class StatesFaultsTest {

    @RegisterExtension
    final SimulatedStates aws = new SimulatedStates();

    @Test
    void failsAsFaultsSay() {
        String machine = aws.machine("jobs", WAITING);
        Faults faults = aws.simulator().faults();
        faults.add(Fault.on("StartExecution").throttle());
        faults.add(Fault.on("StartExecution").deny());
        faults.add(Fault.on("StartExecution").where("name", "lost").loseReply());
        faults.add(Fault.on("DescribeExecution").serverError(false));
        assertThat(codeOf(() -> aws.start(machine, "one", "{}"))).isEqualTo("ThrottlingException");
        assertThat(messageOf(() -> aws.start(machine, "one", "{}")))
                .isEqualTo("User: arn:aws:iam::123456789012:user/simulator is not authorized to perform:"
                        + " states:StartExecution on resource: " + machine
                        + " because no identity-based policy allows the states:StartExecution action");
        assertThat(aws.world().executions()).isEmpty();
        String arn = "arn:aws:states:ap-northeast-1:123456789012:execution:jobs:lost";
        assertThatThrownBy(() -> aws.start(machine, "lost", "{}"))
                .hasMessageContaining("Unable to execute HTTP request");
        assertThat(codeOf(() -> aws.describe(arn))).isEqualTo("InternalServerError");
        assertThat(aws.status(arn)).isEqualTo("RUNNING");

        List<Call> calls = aws.simulator().ledger().calls("StartExecution");
        assertThat(calls)
                .extracting(Call::outcome)
                .containsExactly("ThrottlingException", "AccessDeniedException", "REPLY_LOST");
        assertThat(calls.get(2).service()).isEqualTo("states");
        assertThat(calls.get(2).resource()).isEqualTo(arn);
        assertThat(calls.get(2).parameters())
                .containsEntry("stateMachineArn", machine)
                .containsEntry("name", "lost")
                .containsEntry("input", "{}")
                .hasSize(3);
    }

    @Test
    void throttlesAsAwsPublishesIt() {
        aws.settings(s -> s.buckets(RequestBuckets.aws()));
        String machine = aws.machine("jobs", WAITING);
        int listed = 0;
        while (listed < 200 && listed(machine)) {
            listed++;
        }
        assertThat(listed).isEqualTo(100);
        aws.simulator().clock().advance(Duration.ofMillis(500));
        assertThat(listed(machine)).isTrue();
        assertThat(listed(machine)).isFalse();
        assertThat(aws.simulator().ledger().throttled()).hasSize(2);
    }

    private boolean listed(String machine) {
        try {
            aws.client().listExecutions(r -> r.stateMachineArn(machine));
            return true;
        } catch (SfnException e) {
            assertThat(e.isThrottlingException()).isTrue();
            return false;
        }
    }

    @Test
    void speaksJsonOfVersionOnePointZero() {
        String answer = new RawHttp(aws.simulator().endpoint())
                .send(
                        "POST",
                        "/",
                        "127.0.0.1:" + aws.simulator().endpoint().getPort(),
                        "X-Amz-Target: AWSStepFunctions.ListStateMachines\r\n",
                        "{}");
        assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("Content-Type: application/x-amz-json-1.0");
        assertThat(answer).endsWith("{\"stateMachines\":[]}");
    }
}
