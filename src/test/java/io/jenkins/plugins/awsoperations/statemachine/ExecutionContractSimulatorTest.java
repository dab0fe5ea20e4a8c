package io.jenkins.plugins.awsoperations.statemachine;

import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The contract, kept by the project's simulator. */
class ExecutionContractSimulatorTest extends ExecutionContract {

    private @Nullable AwsSimulator aws;

    @Override
    int speed() {
        return 20;
    }

    @Override
    URI endpoint(SimulatorClock clock) {
        return aws(clock).endpoint();
    }

    private AwsSimulator aws(SimulatorClock clock) {
        AwsSimulator running = aws;
        if (running == null) {
            running = AwsSimulator.builder().clock(clock).start();
            aws = running;
        }
        return running;
    }

    @Override
    boolean keepsTheCauseOfAStop() {
        return true;
    }

    @Override
    Map<String, Object> waitingTask(Map<String, Object> message) {
        aws(clock).states().task(call -> TaskOutcome.waitForToken());
        Map<String, Object> parameters = new LinkedHashMap<>(message);
        parameters.put("TaskToken.$", "$$.Task.Token");
        return Map.of(
                "Type",
                "Task",
                "Resource",
                "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                "Parameters",
                parameters,
                "End",
                true);
    }

    @AfterEach
    void stop() {
        if (aws != null) {
            aws.close();
        }
    }
}
