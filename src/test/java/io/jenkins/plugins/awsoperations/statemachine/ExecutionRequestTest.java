package io.jenkins.plugins.awsoperations.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.Problem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionRequestTest {

    private static final String EXECUTION = "arn:aws:states:ap-northeast-1:123456789012:execution:nightly:one";

    private static ExecutionRequestBuilder nightly() {
        return ExecutionRequest.builder().stateMachine("nightly");
    }

    private static List<String> problems(ExecutionRequestBuilder builder) {
        return builder.problems().stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nightly",
                "Job network (1)",
                "nightly:PROD",
                "arn:aws:states:ap-northeast-1:123456789012:stateMachine:nightly",
                "arn:aws:states:ap-northeast-1:123456789012:stateMachine:nightly:3",
                "arn:aws-cn:states:cn-north-1:123456789012:stateMachine:nightly:PROD"
            })
    void aStateMachineIsGivenByNameOrArn(String given) {
        assertThat(problems(ExecutionRequest.builder()
                        .stateMachine(given.replace("(1)", "1").replace(" ", "-"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "night ly",
                "a*b",
                "arn:aws:states:ap-northeast-1:123:stateMachine:nightly",
                "arn:aws:states:ap-northeast-1:123456789012:stateMachine:nightly/label",
                "arn:aws:lambda:ap-northeast-1:123456789012:function:nightly",
                EXECUTION
            })
    void whatIsNoStateMachineIsRefusedByField(String given) {
        assertThat(problems(ExecutionRequest.builder().stateMachine(given)))
                .singleElement()
                .asString()
                .startsWith("stateMachine ");
    }

    @Test
    void nothingToWaitForIsRefused() {
        assertThat(problems(ExecutionRequest.builder()))
                .containsExactly("stateMachine or executionArn must be given: nothing says what to wait for");
    }

    @Test
    void whatIsFollowedTakesNothingThatIsForAStart() {
        ExecutionRequestBuilder builder =
                nightly().executionArn(EXECUTION).input("{}").executionName("x").redrive(true);

        assertThat(builder.problems())
                .extracting(Problem::field)
                .contains("stateMachine", "input", "executionName", "redrive");
    }

    @Test
    void anExpressExecutionIsRefusedWithTheReason() {
        assertThat(problems(ExecutionRequest.builder()
                        .executionArn("arn:aws:states:ap-northeast-1:123456789012:express:nightly:one:two")))
                .singleElement()
                .asString()
                .contains("EXPRESS", "cannot be awaited");
    }

    @Test
    void badJsonIsToldWithLineAndColumnAndWithoutItsText() {
        List<String> problems = problems(nightly().input("{\n  \"password\": \"geheim\",\n  oops\n}"));

        assertThat(problems).singleElement().asString().startsWith("input is not JSON at line 3, column");
        assertThat(problems.get(0)).doesNotContain("geheim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "{\"a\": 1, \"a\": 2}", "{'a': 1}", "{\"a\": }", "nope"})
    void whatAwsWouldNotTakeAsJsonIsRefused(String input) {
        assertThat(problems(nightly().input(input)))
                .singleElement()
                .asString()
                .startsWith("input is not JSON at line 1");
    }

    @Test
    void anInputIsMeasuredInBytes() {
        String wide = "\"" + "あ".repeat(87_381) + "\"";

        assertThat(problems(nightly().input(wide))).singleElement().asString().contains("input has 262145 bytes");
        assertThat(problems(nightly().input(wide.replaceFirst("あ", "a")))).isEmpty();
    }

    @Test
    void anInputIsSentAsItIsWritten() {
        String written = "{ \"b\": 1.50,\n \"a\": null }";

        assertThat(nightly().input(written).build().input()).isEqualTo(written);
        assertThat(nightly().build().input()).isEqualTo("{}");
    }

    @Test
    void aMapBecomesTheSameTextEveryTime() {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("z", 1);
        input.put("a", Arrays.asList("x", null, Map.of("deep", true)));

        assertThat(nightly().input(input).build().input()).isEqualTo("{\"z\":1,\"a\":[\"x\",null,{\"deep\":true}]}");
    }

    @Test
    void theLinkToWhatStartedItIsAddedToAnObjectOnly() {
        assertThat(nightly()
                        .input("{\"a\":1}")
                        .parent("https://ci/job/x/1/")
                        .build()
                        .input())
                .isEqualTo("{\"a\":1,\"AWS_OPERATIONS_STARTED_BY\":\"https://ci/job/x/1/\"}");
        assertThat(nightly().input("[1]").parent("https://ci/").build().input()).isEqualTo("[1]");
        assertThat(nightly()
                        .input("{\"AWS_OPERATIONS_STARTED_BY\":7}")
                        .parent("https://ci/")
                        .build()
                        .input())
                .isEqualTo("{\"AWS_OPERATIONS_STARTED_BY\":7}");
    }

    @Test
    void theLinkChangesNoNumber() {
        assertThat(nightly()
                        .input("{\"a\":1.50,\"b\":100.0,\"c\":1E+400}")
                        .parent("https://ci/")
                        .build()
                        .input())
                .startsWith("{\"a\":1.50,\"b\":100.0,\"c\":1E+400,");
    }

    @Test
    void aWordInPlaceOfJsonIsNotRepeated() {
        assertThat(problems(nightly().input("{\"password\": hunter2}")))
                .singleElement()
                .asString()
                .startsWith("input is not JSON at line 1")
                .doesNotContain("hunter2");
    }

    @Test
    void halfOfACharacterIsRefusedBecauseItCannotBeSent() {
        assertThat(problems(nightly().input("{\"a\": \"\ud83d\"}")))
                .singleElement()
                .asString()
                .startsWith("input has half of a character");
        // As an escape it can; the link would have to write it out.
        String escaped = "{\"a\":\"\\ud83d\"}";
        assertThat(nightly().input(escaped).parent("https://ci/").build().input())
                .isEqualTo(escaped);
    }

    @Test
    void aMapHasOnlyWhatJsonHas() {
        Map<String, Object> cycle = new LinkedHashMap<>();
        cycle.put("again", cycle);

        assertThat(problems(nightly()
                        .input(Map.of("jobs", List.of(Map.of("at", new StringBuilder("x"), "n", new Long[] {1L}))))))
                .isEmpty();
        assertThat(problems(nightly().input(Map.of("jobs", List.of(Map.of("at", new Object()))))))
                .containsExactly("input must have texts, numbers, booleans, nulls, lists and maps only, and has a"
                        + " java.lang.Object at /jobs/0/at");
        assertThat(problems(nightly().input(Map.of("ratio", Double.NaN))))
                .containsExactly("input has NaN at /ratio, for which JSON has no word");
        assertThat(problems(nightly().input(cycle))).singleElement().asString().contains("too deep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0085b", "a\u00a0b", "a\u3000b", "a\ud83d\ude00", "a\uffff"})
    void namesWithCharactersThatAwsRefusesAreRefusedByField(String name) {
        assertThat(problems(nightly().executionName(name)))
                .singleElement()
                .asString()
                .startsWith("executionName ");
        assertThat(problems(ExecutionRequest.builder().stateMachine(name)))
                .singleElement()
                .asString()
                .startsWith("stateMachine ");
    }

    @ParameterizedTest
    @ValueSource(strings = {EXECUTION + "\n", EXECUTION + " x", EXECUTION + "\u0085[aws] all is well"})
    void anExecutionArnIsOneWord(String arn) {
        assertThat(problems(ExecutionRequest.builder().executionArn(arn)))
                .singleElement()
                .asString()
                .startsWith("executionArn ");
    }

    @Test
    void limitsAreToldByFieldAllAtOnce() {
        assertThatThrownBy(() -> nightly()
                        .executionName("with space")
                        .timeoutMinutes(0)
                        .historyMaxLines(0)
                        .unstableErrors(List.of(""))
                        .build())
                .isInstanceOf(OperationException.class)
                .hasMessageContainingAll(
                        "executionName must be",
                        "timeoutMinutes must be 1 to 525600, not 0",
                        "historyMaxLines must be 1 to 25000, not 0",
                        "unstableErrors must be names");
    }
}
