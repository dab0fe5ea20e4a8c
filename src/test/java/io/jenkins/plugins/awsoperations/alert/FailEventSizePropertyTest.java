package io.jenkins.plugins.awsoperations.alert;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the cause is, the event is JSON that AWS takes. */
class FailEventSizePropertyTest {

    /** What AWS takes less than. */
    private static final int AWS_LIMIT = 262_144;

    /** Texts of up to 600,000 bytes, of characters that are awkward in JSON and UTF-8. */
    @Provide
    Arbitrary<String> causes() {
        Arbitrary<String> pieces = Arbitraries.oneOf(
                Arbitraries.strings().ofMinLength(1).ofMaxLength(40),
                Arbitraries.strings()
                        .withChars('a', '"', '\\', '\n', '\t', '\0', '\u001f', '\u007f', 'é', 'あ', '{', '[', ' ')
                        .withChars('\uD83D', '\uDE00', '\u2028')
                        .ofMinLength(1)
                        .ofMaxLength(40),
                Arbitraries.of("😀", "x", "\"", "\u0001", "あ", "\uD83D", "a😀"));
        Arbitrary<Integer> lengths = Arbitraries.oneOf(
                Arbitraries.integers().between(1, 600_000),
                Arbitraries.integers().between(30_000, 70_000));
        return Combinators.combine(pieces, lengths)
                .as((piece, length) -> piece.repeat(Math.max(1, length / piece.length())));
    }

    @Property(tries = 150)
    void aTextKeepsItsBeginning(@ForAll("causes") String cause, @ForAll @IntRange(max = 40) int resources) {
        String text = "text: " + cause;

        FailEventEntry entry =
                entry(FailEventRequest.builder().channel("高い").cause(text).resources(resources(resources)));

        assertFits(entry);
        String whole = Texts.wellFormed(text);
        String message = detail(entry).path("cause").path("message").textValue();
        if (entry.causeCut()) {
            String mark = "… (cut; " + whole.codePointCount(0, whole.length()) + " characters in all)";
            assertThat(message.endsWith(mark)).isTrue();
            String beginning = message.substring(0, message.length() - mark.length());
            assertThat(whole.startsWith(beginning)).isTrue();
            assertThat(Texts.wellFormed(beginning).equals(beginning)).isTrue();
            assertThat(entry.bytes()).as("no more is cut than must be").isGreaterThan(FailEventEntry.MAX_BYTES - 6);
        } else {
            assertThat(message.equals(whole)).isTrue();
        }
    }

    @Property(tries = 100)
    void anObjectIsWholeOrItsBeginningAsText(@ForAll("causes") String text) {
        FailEventEntry entry = entry(FailEventRequest.builder()
                .channel("high")
                .causeObject(Map.of("list", List.of(text, 1.5), "message", "own")));

        assertFits(entry);
        JsonNode cause = detail(entry).path("cause");
        if (entry.causeCut()) {
            assertThat(cause.size()).isEqualTo(2);
            assertThat(cause.path("truncated").booleanValue()).isTrue();
            String whole = EventJson.write(EventJson.tree(Map.of("list", List.of(text, 1.5), "message", "own")));
            assertThat(Texts.wellFormed(whole).startsWith(cause.path("message").textValue()))
                    .isTrue();
        } else {
            assertThat(cause.path("message").textValue()).isEqualTo("own");
            assertThat(cause.path("list").path(0).textValue().equals(Texts.wellFormed(text)))
                    .isTrue();
        }
    }

    @Property(tries = 50)
    void whateverElseIsAsLongAsItMayBeLeavesRoomForACause(@ForAll("causes") String text) {
        FailEventEntry entry = entry(FailEventRequest.builder()
                .channel("😀".repeat(64))
                .source("ソ".repeat(256))
                .detailType("型".repeat(128))
                .error(text)
                .executionUrl("\"".repeat(8192))
                .job(text)
                .build(text)
                .resources(Collections.nCopies(100, "arn:aws:a:b:c:" + "\\".repeat(310)))
                .cause("text: " + text));

        assertFits(entry);
        assertThat(entry.resources()).hasSize(100);
        assertThat(detail(entry).path("cause").path("message").textValue()).startsWith("text: ");
    }

    @Example
    void theBytesAreCountedToTheLastOne() {
        for (int length = 257_600; length < 258_100; length++) {
            FailEventEntry entry =
                    entry(FailEventRequest.builder().channel("high").cause("x".repeat(length)));
            assertThat(entry.bytes()).isLessThanOrEqualTo(FailEventEntry.MAX_BYTES);
            assertThat(entry.causeCut())
                    .isEqualTo(!detail(entry)
                            .path("cause")
                            .path("message")
                            .textValue()
                            .equals("x".repeat(length)));
        }
    }

    private static List<String> resources(int count) {
        return Collections.nCopies(count, "arn:aws:ec2:eu-central-1:123456789012:instance/i-\"ü");
    }

    private static FailEventEntry entry(FailEventRequestBuilder request) {
        FailEventState state = FailEventState.begin(request.build(), new RunIdentity("job", "1", "token12345"));
        state.accountId = "123456789012";
        state.region = "eu-central-1";
        return FailEventEntry.of(state);
    }

    /** Counted here once more, by AWS's formula. */
    private static void assertFits(FailEventEntry entry) {
        int bytes = 14 + utf8(entry.source()) + utf8(entry.detailType()) + utf8(entry.detail());
        for (String resource : entry.resources()) {
            bytes += utf8(resource);
        }
        assertThat(bytes).isLessThan(AWS_LIMIT).isEqualTo(entry.bytes());
        assertThat(Texts.wellFormed(entry.detail()).equals(entry.detail())).isTrue();
        assertThat(detail(entry).isObject()).isTrue();
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static JsonNode detail(FailEventEntry entry) {
        try {
            return new ObjectMapper().readTree(entry.detail());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
