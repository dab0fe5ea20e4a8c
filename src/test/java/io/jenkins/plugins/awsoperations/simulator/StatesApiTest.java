package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedStates.START;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedStates.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

/** The actions of Step Functions about executions, with their limits and errors. */
class StatesApiTest {

    @RegisterExtension
    final SimulatedStates aws = new SimulatedStates();

    @Test
    void describesAnExecutionThatRunsAndOneThatHasSucceeded() {
        String machine = aws.machine("jobs", WAITING);
        String arn = aws.start(machine, "one", "{\"a\": 1}");
        assertThat(arn).isEqualTo("arn:aws:states:ap-northeast-1:123456789012:execution:jobs:one");

        DescribeExecutionResponse running = aws.describe(arn);
        assertThat(running.statusAsString()).isEqualTo("RUNNING");
        assertThat(running.input()).isEqualTo("{\"a\": 1}");
        assertThat(running.startDate()).isEqualTo(START);
        assertThat(running.stopDate()).isNull();
        assertThat(running.redriveStatusAsString()).isEqualTo("NOT_REDRIVABLE");
        assertThat(running.redriveStatusReason()).isEqualTo("Execution is RUNNING and cannot be redriven");

        aws.passSeconds(10);
        DescribeExecutionResponse ended = aws.describe(arn);
        assertThat(ended.statusAsString()).isEqualTo("SUCCEEDED");
        assertThat(ended.output()).isEqualTo("{\"a\": 1}");
        assertThat(ended.stopDate()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void startsTheSameExecutionOnlyOnceWhileItRuns() {
        String machine = aws.machine("jobs", WAITING);
        String arn = aws.start(machine, "one", "{}");
        assertThat(aws.start(machine, "one", "{}")).isEqualTo(arn);
        assertThat(messageOf(() -> aws.start(machine, "one", "{ }")))
                .isEqualTo("Execution Already Exists: '" + arn + "'");
        aws.passSeconds(10);
        assertThat(codeOf(() -> aws.start(machine, "one", "{}"))).isEqualTo("ExecutionAlreadyExists");
        assertThat(aws.world().executions()).hasSize(1);
    }

    @Test
    void doesNotKnowAnExecutionForAWhileAfterItsStart() {
        aws.settings(s -> s.executionConsistencyDelay(null).consistencyDelay(Duration.ofSeconds(2)));
        String machine = aws.machine("jobs", WAITING);
        String arn = aws.start(machine, "one", "{}");
        aws.passSeconds(1);
        assertThat(messageOf(() -> aws.describe(arn))).isEqualTo("Execution Does Not Exist: '" + arn + "'");
        assertThat(codeOf(() -> aws.history(arn))).isEqualTo("ExecutionDoesNotExist");
        assertThat(aws.client().listExecutions(r -> r.stateMachineArn(machine)).executions())
                .isEmpty();
        aws.passSeconds(1);
        assertThat(aws.status(arn)).isEqualTo("RUNNING");
        assertThat(aws.client().listExecutions(r -> r.stateMachineArn(machine)).executions())
                .hasSize(1);
    }

    @Test
    void stopsAnExecutionWithErrorAndCause() {
        String arn = aws.run(WAITING, "{}");
        aws.passSeconds(3);
        assertThat(aws.client()
                        .stopExecution(r -> r.executionArn(arn).error("Enough").cause("of this"))
                        .stopDate())
                .isEqualTo(START.plusSeconds(3));
        aws.passSeconds(30);
        assertThat(aws.client().stopExecution(r -> r.executionArn(arn)).stopDate())
                .isEqualTo(START.plusSeconds(3));
        DescribeExecutionResponse stopped = aws.describe(arn);
        assertThat(stopped.statusAsString()).isEqualTo("ABORTED");
        assertThat(stopped.error()).isEqualTo("Enough");
        assertThat(stopped.cause()).isEqualTo("of this");
        assertThat(stopped.redriveStatusAsString()).isEqualTo("REDRIVABLE");
    }
}
