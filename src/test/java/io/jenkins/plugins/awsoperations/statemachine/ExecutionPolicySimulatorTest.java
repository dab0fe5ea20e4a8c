package io.jenkins.plugins.awsoperations.statemachine;

import static io.jenkins.plugins.awsoperations.statemachine.ExecutionWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.ExamplePolicy;
import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The policy that users copy allows what a wait calls on what it calls it, and nothing that it never calls. */
class ExecutionPolicySimulatorTest {

    private static final String POLICY = "await-state-machine.json";

    private final ExecutionWorld world = new ExecutionWorld();

    @BeforeEach
    void useEverything() {
        world.aws.states().createStateMachine("nightly-jobs", ExecutionWorld.JOBS);
        world.aws.states().createStateMachine("nightly-long", ExecutionWorld.waits(600));
        world.aws.states().task(call -> TaskOutcome.fail("ExecutionFailed", "no"));
        String failed = String.valueOf(
                world.run(request("nightly-jobs")).failed().result().executionArn());
        world.run(request("nightly-jobs").redrive(true).previousExecutionArn(failed));
        world.run(request("nightly-job"));
        VirtualTime.Run<ExecutionState, ExecutionResult> stopped = world.start(request("nightly-long"));
        List<VirtualTime.Run<ExecutionState, ExecutionResult>> many = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            many.add(world.start(request("nightly-long")));
        }
        world.time.runUntil(world.clock.instant().plusSeconds(60));
        stopped.cancel("stopped");
        world.time.run();
        assertThat(many).allSatisfy(run -> assertThat(run.result().status()).isEqualTo("SUCCEEDED"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private List<Call> calls() {
        return world.aws.ledger().calls().stream()
                .filter(call -> !call.service().equals("sts"))
                .toList();
    }

    @Test
    void allowsEveryActionOfAWaitAndNoOther() throws IOException {
        Set<String> called = calls().stream()
                .map(call -> call.service() + ":" + call.action())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(ExamplePolicy.actions(POLICY)).isEqualTo(called);
    }

    @Test
    void allowsThemOnTheStateMachinesAndExecutionsThatAreMeantAndOnNoOthers() throws IOException {
        for (Call call : calls()) {
            String action = call.service() + ":" + call.action();
            String resource = resource(call);
            assertThat(ExamplePolicy.allows(POLICY, action, resource))
                    .as("%s on %s", action, resource)
                    .isTrue();
            assertThat(ExamplePolicy.allows(POLICY, action, resource.replace("nightly", "payroll")))
                    .as("%s on another one", action)
                    .isEqualTo(resource.equals("*"));
        }
    }

    /** What IAM looks at (Service Authorization Reference, AWS Step Functions). */
    private static String resource(Call call) {
        String machine = call.parameter("stateMachineArn");
        String execution = call.parameter("executionArn");
        return machine != null ? machine : execution != null ? execution : "*";
    }
}
