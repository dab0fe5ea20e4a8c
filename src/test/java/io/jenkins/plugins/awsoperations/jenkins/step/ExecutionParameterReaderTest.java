package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest;
import io.jenkins.plugins.awsoperations.statemachine.StartedBy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the parameters of the step to the request of the engine. */
class ExecutionParameterReaderTest {

    private static final String BUILD = "https://jenkins.example/job/nightly/17/";
    private static final String EXECUTION = "arn:aws:states:eu-west-1:123456789012:execution:nightly:job-16-abc";

    private static ExecutionRequest request(AwaitStateMachineStep step) {
        return new ExecutionParameterReader(step).request(BUILD);
    }

    private static AwaitStateMachineStep step(Object input) {
        AwaitStateMachineStep step = new AwaitStateMachineStep();
        step.setStateMachine("nightly");
        step.setInput(input);
        return step;
    }

    @Test
    void whatIsNotSetIsWhatTheEngineTakesForIt() {
        assertThat(request(step(null)))
                .usingRecursiveComparison()
                .isEqualTo(ExecutionRequest.builder().stateMachine("nightly").build());
    }

    @Test
    void everyParameterArrives() {
        assertThat(new ExecutionParameterReader(CompleteExecution.withEverything()).request(BUILD))
                .usingRecursiveComparison()
                .isEqualTo(ExecutionRequest.builder()
                        .stateMachine("nightly:PROD")
                        .input("{\"day\": \"2026-11-23\"}")
                        .parent(BUILD)
                        .executionName("nightly-2026-11-23")
                        .timeoutMinutes(525600)
                        .onAbort(ExecutionRequest.OnAbort.DETACH)
                        .history(ExecutionRequest.History.ALL)
                        .historyMaxLines(25000)
                        .unstableErrors(List.of("NothingToDo", "Late"))
                        .redrive(true)
                        .build());
    }

    @Test
    void anExecutionThatIsFollowedArrives() {
        AwaitStateMachineStep step = new AwaitStateMachineStep();
        step.setExecutionArn(EXECUTION);

        assertThat(request(step))
                .usingRecursiveComparison()
                .isEqualTo(ExecutionRequest.builder().executionArn(EXECUTION).build());
    }

    @Test
    void aMapArrivesAsJsonAndATextAsItIsWritten() {
        assertThat(request(step(Map.of("a", List.of(1, Map.of("b", "\"c\""))))).input())
                .isEqualTo("{\"a\":[1,{\"b\":\"\\\"c\\\"\"}]}");
        assertThat(request(step("[1,  2]")).input()).isEqualTo("[1,  2]");
        assertThat(request(step(Map.of())).input()).isEqualTo("{}");
    }

    @Test
    void theLinkIsThereOnlyWhenItIsAskedFor() {
        AwaitStateMachineStep step = step(Map.of("a", 1));
        assertThat(request(step).input()).isEqualTo("{\"a\":1}");

        step.setLinkParent(true);

        assertThat(request(step).input()).isEqualTo("{\"a\":1,\"" + StartedBy.KEY + "\":\"" + BUILD + "\"}");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        AwaitStateMachineStep step = step("{\n  \"a\": 1,\n}");
        step.setHistory("SOME");
        step.setTimeoutMinutes(0);

        assertThatThrownBy(() -> request(step))
                .hasMessageContaining("history must be one of NONE, STATES, ALL, not 'SOME'")
                .hasMessageContaining("input is not JSON at line 3, column 1")
                .hasMessageContaining("timeoutMinutes must be 1 to 525600, not 0");
    }
}
