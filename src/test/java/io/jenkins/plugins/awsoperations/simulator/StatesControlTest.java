package io.jenkins.plugins.awsoperations.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person does to the simulated Step Functions over HTTP. */
class StatesControlTest {

    private static final String TASKS = "/_simulator/tasks";
    private static final String JOB = """
            {"StartAt": "Job", "States": {"Job": {"Type": "Task", "Resource": "arn:aws:lambda:::function:f", "End": true}}}
            """;

    @RegisterExtension
    final SimulatedStates aws = new SimulatedStates();

    private RawHttp http;

    @BeforeEach
    void connect() {
        http = new RawHttp(aws.simulator().endpoint());
    }

    @Test
    void letsTheNextTasksOfAStateFailAndThenAllOfAMachineSucceed() {
        String machine = aws.machine("jobs", JOB);
        assertThat(
                        http.post(
                                TASKS,
                                "[{\"state\": \"Job\", \"times\": 1, \"fail\": {\"error\": \"Busy\", \"cause\": \"full\"}},"
                                        + "{\"state\": \"*\", \"machine\": \"jobs\", \"succeed\": {\"a\": 1}, \"afterSeconds\": 5}]"))
                .startsWith("HTTP/1.1 200");

        String first = aws.start(machine, "first", "{}");
        String second = aws.start(machine, "second", "{}");
        String other = aws.start(aws.machine("other", JOB), "third", "{}");
        aws.passSeconds(1);

        assertThat(aws.describe(first).error()).isEqualTo("Busy");
        assertThat(aws.describe(first).cause()).isEqualTo("full");
        assertThat(aws.status(second)).isEqualTo("RUNNING");
        assertThat(aws.describe(other).output()).isEqualTo("{}");
        aws.passSeconds(4);
        assertThat(aws.describe(second).output()).isEqualTo("{\"a\":1}");
        assertThat(http.get(TASKS))
                .contains("\"state\" : \"*\"")
                .contains("\"afterSeconds\" : 5.0")
                .doesNotContain("Busy");
        http.delete(TASKS);
        assertThat(http.get(TASKS)).contains("\"rules\" : [ ]");
    }

    @Test
    void showsTheTokensThatTasksWaitFor() {
        http.post(TASKS, "{\"state\": \"Job\", \"waitForToken\": true}");
        String arn = aws.run(JOB, "{}");
        String token = aws.world().openTaskTokens().get(0);
        assertThat(http.get(TASKS))
                .contains("\"executionArn\" : \"" + arn + "\"")
                .contains("\"state\" : \"Job\"")
                .contains("\"taskToken\" : \"" + token + "\"");
    }

    @Test
    void letsTasksTimeOut() {
        http.post(TASKS, "{\"state\": \"Job\", \"timeOut\": true}");
        String arn = aws.run(JOB, "{}");
        aws.passSeconds(1);
        assertThat(aws.describe(arn).error()).isEqualTo("States.Timeout");
    }

    @Test
    void showsMachinesAndExecutionsAsTheyAreWithoutDelay() {
        String machine = aws.machine("jobs", SimulatedStates.WAITING);
        String arn = aws.start(machine, "one", "{}");
        aws.world().stop(arn, "Enough", "of this");
        assertThat(http.get("/_simulator/world"))
                .contains("\"stateMachines\" : [ {")
                .contains("\"arn\" : \"" + machine + "\"")
                .contains("\"type\" : \"STANDARD\"")
                .contains("\"arn\" : \"" + arn + "\"")
                .contains("\"status\" : \"ABORTED\"")
                .contains("\"error\" : \"Enough\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'succeed': {}}                                     | state is missing",
                "{'state': 'A'}                                      | give one of succeed",
                "{'state': 'A', 'succeed': 1, 'timeOut': true}       | give one of succeed",
                "{'state': 'A', 'succeeds': 1}                       | unknown field succeeds",
                "[{'state': 'A', 'succeed': 1, 'times': 0}]          | [0].times is a whole number",
                "{'state': 'A', 'timeOut': false}                    | timeOut is true",
                "{'state': 'A', 'fail': 'Busy'}                      | fail is {",
                "{'state': 'A', 'succeed': 1, 'afterSeconds': -1}    | afterSeconds is a number",
                "{'state': 'A', 'succeed': 1, 'machine': 7}          | machine is the name",
            })
    void namesTheMistakeInARule(String rule, String message) {
        assertThat(http.post(TASKS, rule.replace('\'', '"')))
                .startsWith("HTTP/1.1 400")
                .contains(message);
        assertThat(aws.world().taskRules().pending()).isEmpty();
    }
}
