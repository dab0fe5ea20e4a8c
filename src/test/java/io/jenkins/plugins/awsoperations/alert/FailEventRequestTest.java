package io.jenkins.plugins.awsoperations.alert;

import static io.jenkins.plugins.awsoperations.alert.AlertWorld.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailEventRequestTest {

    private static final String BUS_ARN = "arn:aws:events:eu-central-1:123456789012:event-bus/alerts";

    private static FailEventRequestBuilder valid() {
        return FailEventRequest.builder().channel("high");
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("channel", b -> b.channel(null)),
                wrong("channel", b -> b.channel(" ")),
                wrong("channel", b -> b.channel("x".repeat(129))),
                wrong("channel", b -> b.channel("a\nb")),
                wrong("channel", b -> b.channel("a\uD83D")),
                wrong("eventBus", b -> b.eventBus("")),
                wrong("eventBus", b -> b.eventBus("two words")),
                wrong("eventBus", b -> b.eventBus("aws.partner/example.com/bus")),
                wrong("eventBus", b -> b.eventBus(BUS_ARN.replace("123456789012", "1234"))),
                wrong("eventBus", b -> b.eventBus("x".repeat(1601))),
                wrong("source", b -> b.source("aws.ec2")),
                wrong("source", b -> b.source("")),
                wrong("source", b -> b.source("x".repeat(257))),
                wrong("detailType", b -> b.detailType(" ")),
                wrong("detailType", b -> b.detailType("x".repeat(129))),
                wrong("executionUrl", b -> b.executionUrl("")),
                wrong("executionUrl", b -> b.executionUrl("http://" + "x".repeat(8192))),
                wrong("account", b -> b.account("production")),
                wrong("region", b -> b.region("Tokyo 1")),
                wrong("resources", b -> b.resources(List.of("i-1", ""))),
                wrong("resources", b -> b.resources(List.of("x".repeat(2049)))));
    }

    private static Arguments wrong(String field, UnaryOperator<FailEventRequestBuilder> change) {
        return Arguments.of(field, change);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void eachProblemNamesItsField(String field, UnaryOperator<FailEventRequestBuilder> change) {
        assertThat(change.apply(valid()).problems()).extracting(Problem::field).containsExactly(field);
    }

    @Test
    void allProblemsAreToldAtOnce() {
        OperationException refused = catchThrowableOfType(
                OperationException.class,
                () -> FailEventRequest.builder().source("aws.ec2").eventBus("").build());

        assertThat(refused.failure().kind()).isEqualTo(FailureKind.CONFIGURATION);
        assertThat(refused.failure().message())
                .contains("channel must be given", "source must not", "eventBus must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "my.bus-1_x", BUS_ARN, "arn:aws-cn:events:cn-north-1:123456789012:event-bus/b"})
    void takesBusesByNameAndByArn(String bus) {
        assertThat(valid().eventBus(bus).build().eventBus()).isEqualTo(bus);
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        FailEventRequest request = valid().eventBus("b")
                .source("s")
                .detailType("d")
                .error("e")
                .eventBus(null)
                .source(null)
                .detailType(null)
                .error(" ")
                .build();

        assertThat(request.eventBus()).isEqualTo("default");
        assertThat(request.source()).isEqualTo("jenkins.aws-operations");
        assertThat(request.detailType()).isEqualTo("Job Failed");
        assertThat(request.error()).isEqualTo("Failed");
        assertThat(request.executionUrl()).isNull();
        assertThat(request.kind()).isNull();
        assertThat(request.resources()).isEmpty();
        assertThat(cause(valid())).isEqualTo("{\"message\":\"\"}");
    }

    @Test
    void theLongestValuesAreTaken() {
        assertThat(valid().channel("x".repeat(128))
                        .source("y".repeat(256))
                        .detailType("z".repeat(128))
                        .eventBus("b".repeat(1600))
                        .problems())
                .isEmpty();
    }

    @Test
    void aLongErrorIsCutAndNotRefused() {
        assertThat(valid().error("e".repeat(300)).build().error()).isEqualTo("e".repeat(256));
        assertThat(valid().error("e".repeat(255) + "😀").build().error()).isEqualTo("e".repeat(255));
        assertThat(valid().error("a\uDE00b").build().error()).isEqualTo("a\uFFFDb");
    }

    @Test
    void namesOfJobsAreCutAndNotRefused() {
        FailEventRequest request =
                valid().job("folder/".repeat(200)).build("#17\uD83D").build();

        assertThat(request.job()).hasSize(1024).startsWith("folder/folder/");
        assertThat(request.build()).isEqualTo("#17\uFFFD");
    }

    @Test
    void resourcesBeyondWhatAnEventTakesAreLeftOut() {
        List<String> many = IntStream.range(0, 120).mapToObj(n -> "i-" + n).toList();
        List<String> long20 = Collections.nCopies(20, "x".repeat(2048));

        FailEventRequest hundred = valid().resources(many).build();
        FailEventRequest bytes = valid().resources(long20).build();

        assertThat(hundred.resources()).isEqualTo(many.subList(0, 100));
        assertThat(hundred.resourcesLeftOut()).isEqualTo(20);
        assertThat(bytes.resources()).hasSize(16);
        assertThat(bytes.resourcesLeftOut()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"a\": [1, 2.50, 1e400, null]} | {\"a\":[1,2.50,1E+400,null]}",
                " [1, {\"b\": true}]  | [1,{\"b\":true}]",
                "{} | {}",
                "12345678901234567890123 | {\"message\":\"12345678901234567890123\"}",
                "\"text\" | {\"message\":\"\\\"text\\\"\"}",
                "null | {\"message\":\"null\"}",
                "{a: 1} | {\"message\":\"{a: 1}\"}",
                "{} {} | {\"message\":\"{} {}\"}",
                "{\"a\": 1 | {\"message\":\"{\\\"a\\\": 1\"}",
                "{\"a\": NaN} | {\"message\":\"{\\\"a\\\": NaN}\"}",
                "disk full | {\"message\":\"disk full\"}",
                "{\"a\": \"\\ud83d\"} | {\"a\":\"\uFFFD\"}"
            })
    void aCauseIsJsonWhenItIsAnObjectOrAnArrayAndAMessageOtherwise(String cause, String sent) {
        assertThat(cause(valid().cause(cause))).isEqualTo(sent);
    }

    @Test
    void jsonThatIsNestedTooDeepIsAMessage() {
        String hundred = "[".repeat(100) + "]".repeat(100);
        String deep = "[".repeat(200_000) + "]".repeat(200_000);

        assertThat(cause(valid().cause(hundred))).isEqualTo(hundred);
        assertThat(json(cause(valid().cause("[" + hundred + "]")))
                        .path("message")
                        .asText())
                .isEqualTo("[" + hundred + "]");
        assertThat(json(cause(valid().cause(deep))).path("message").asText()).startsWith("[[[[");
    }

    @Test
    void halfSurrogatePairsAreReplacedBecauseUtf8HasNoBytesForThem() {
        assertThat(cause(valid().cause("a\uD83Db\uDE00😀\uD83D")))
                .isEqualTo("{\"message\":\"a\uFFFDb\uFFFD😀\uFFFD\"}");
    }

    @Test
    void aCauseMayBeAnObjectOfWhateverAPipelineGives() {
        Map<String, Object> cause = new LinkedHashMap<>();
        cause.put("text", new StringBuilder("a ").append("builder"));
        cause.put("numbers", Arrays.asList(1, 2L, 1.5, new BigDecimal("1.10"), new BigInteger("9".repeat(30)), null));
        cause.put("infinite", Double.POSITIVE_INFINITY);
        cause.put("array", new Object[] {true, FailureKind.BUSY});
        cause.put("map", Map.of(3, List.of()));

        assertThat(cause(valid().causeObject(cause)))
                .isEqualTo("{\"text\":\"a builder\",\"numbers\":[1,2,1.5,1.10," + "9".repeat(30) + ",null],"
                        + "\"infinite\":\"Infinity\",\"array\":[true,\"BUSY\"],\"map\":{\"3\":[]}}");
    }

    @Test
    void anObjectThatContainsItselfIsCutSomewhere() {
        Map<String, Object> endless = new LinkedHashMap<>();
        endless.put("self", endless);

        assertThat(cause(valid().causeObject(endless)))
                .startsWith("{\"self\":{\"self\":{")
                .contains("…");
    }

    private static String cause(FailEventRequestBuilder builder) {
        return builder.build().cause().fit(200_000).json();
    }
}
