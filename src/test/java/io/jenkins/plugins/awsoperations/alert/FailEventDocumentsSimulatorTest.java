package io.jenkins.plugins.awsoperations.alert;

import static io.jenkins.plugins.awsoperations.alert.AlertWorld.json;
import static io.jenkins.plugins.awsoperations.alert.AlertWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.simulator.events.ReceivedEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What receivers of the events go by: the schema, the documentation and the rule of the examples. */
class FailEventDocumentsSimulatorTest {

    static Stream<FailEventRequestBuilder> requests() {
        return Stream.of(
                FailEventRequest.builder().channel("high"),
                request().cause("[1, 2]").kind(FailureKind.BUG).executionUrl("https://example.com"),
                request().cause("x".repeat(300_000)).resources(Collections.nCopies(120, "i-1")),
                request().channel("高い").job("j".repeat(2000)).error("e".repeat(300)),
                request().causeObject(Map.of("list", Collections.nCopies(9, "x".repeat(50_000)))),
                FailEventOf.failure(
                                OperationFailure.ofAws(FailureKind.TIMED_OUT, "m", "r", null, null, null),
                                Map.of("commandId", "c-1"))
                        .channel("low"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyEventIsAsTheSchemaSays(FailEventRequestBuilder request) throws IOException {
        try (AlertWorld world = new AlertWorld()) {
            world.succeed(request);

            assertThat(DetailSchema.read().mistakes(world.detail())).isEmpty();
        }
    }

    @Test
    void theSchemaFindsWhatIsNotAsItSays() throws IOException {
        assertThat(mistakes(d -> {})).isEmpty();
        assertThat(mistakes(d -> d.remove("cause"))).containsExactly("detail.cause is missing");
        assertThat(mistakes(d -> d.put("cause", "text"))).hasSize(1);
        assertThat(mistakes(d -> d.put("more", 1))).containsExactly("detail.more is not described");
        assertThat(mistakes(d -> d.put("version", 2))).containsExactly("detail.version is not 1");
        assertThat(mistakes(d -> d.put("kind", "Bug"))).hasSize(1);
        assertThat(mistakes(d -> d.put("account", "12"))).hasSize(1);
        assertThat(mistakes(d -> d.put("channel", "x".repeat(129))))
                .containsExactly("detail.channel has 129 characters");
        assertThat(mistakes(d -> d.putArray("resources").add(1))).hasSize(1);
    }

    private static List<String> mistakes(Consumer<ObjectNode> change) throws IOException {
        try (AlertWorld world = new AlertWorld()) {
            world.succeed(request());
            ObjectNode detail = (ObjectNode) world.detail();
            change.accept(detail);
            return DetailSchema.read().mistakes(detail);
        }
    }

    @Test
    void theSchemaKnowsEveryKindOfFailure() throws IOException {
        JsonNode kinds =
                DetailSchema.read().schema().path("properties").path("kind").path("enum");

        assertThat(kinds)
                .extracting(JsonNode::textValue)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Arrays.stream(FailureKind.values()).map(Enum::name), Stream.of((String) null))
                                .toList());
    }

    @Test
    void theDocumentationDescribesEveryFieldAndItsExampleIsAnEvent() throws IOException {
        String text = Files.readString(DetailSchema.file("docs/alerts.md"));
        Matcher example = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL).matcher(text);

        assertThat(example.find()).isTrue();
        JsonNode event = json(example.group(1));
        assertThat(DetailSchema.read().mistakes(event.path("detail"))).isEmpty();
        assertThat(event.path("source").textValue()).isEqualTo(FailEventRequest.DEFAULT_SOURCE);
        assertThat(event.path("detail-type").textValue()).isEqualTo(FailEventRequest.DEFAULT_DETAIL_TYPE);
        for (String field : DetailSchema.read().fields()) {
            assertThat(text).contains("| `" + field + "` |");
        }
    }

    @Test
    void theRuleOfTheExamplesMatchesTheEventsOfItsChannel() throws IOException {
        String rule = Files.readString(DetailSchema.file("examples/fail-event-rule.json"));
        try (AlertWorld world = new AlertWorld()) {
            world.succeed(request());
            world.succeed(request().channel("low"));
            world.succeed(request().source("other"));
            world.succeed(request().detailType("other"));

            assertThat(world.aws.events().matching(rule))
                    .extracting(ReceivedEvent::id)
                    .containsExactly(world.received().get(0).id());
        }
    }
}
