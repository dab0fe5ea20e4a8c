package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.codehaus.groovy.runtime.GStringImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps and texts as Groovy gives them, for what becomes JSON. */
class JsonInputTest {

    private static Object normal(Object input) {
        return JsonInput.normal("input", input);
    }

    private static Object text(String... parts) {
        return new GStringImpl(new Object[] {parts[1]}, new String[] {parts[0], ""});
    }

    @Test
    void aMapKeepsItsOrderAndWhatJsonKnows() {
        Map<Object, Object> given = new LinkedHashMap<>();
        given.put("zone", text("day-", "1"));
        given.put("a", null);
        given.put(3, List.of(1, 2L, true, 'c'));
        given.put("big", new BigInteger("123456789012345678901234567890"));
        given.put("part", new BigDecimal("0.10"));
        given.put(text("key-", "x"), Map.of("deep", new Object[] {1.5, null}));

        Object normal = normal(given);

        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("zone", "day-1");
        expected.put("a", null);
        expected.put("3", List.of(1, 2L, true, "c"));
        expected.put("big", new BigInteger("123456789012345678901234567890"));
        expected.put("part", new BigDecimal("0.10"));
        expected.put("key-x", Map.of("deep", Arrays.asList(1.5, null)));
        assertThat(normal).isEqualTo(expected);
        assertThat(((Map<?, ?>) normal).keySet().toArray())
                .containsExactly(expected.keySet().toArray());
    }

    /** Of the step readJSON, whose nulls are objects. */
    @Test
    void whatReadJsonGivesIsTakenWithItsNulls() {
        Object normal = normal(JSONObject.fromObject("{\"a\": null, \"b\": [1, null, {\"c\": \"x\"}]}"));

        Map<String, Object> expected = new LinkedHashMap<>();
        expected.put("a", null);
        expected.put("b", new ArrayList<>(Arrays.asList(1, null, Map.of("c", "x"))));
        assertThat(normal).isEqualTo(expected);
        assertThat(JsonInput.text(normal)).containsSubsequence("\"a\" : null", "[ 1, null, {");
    }

    @Test
    void aMapThatChangesAfterwardsDoesNotChangeTheInput() {
        List<Object> inner = new ArrayList<>(List.of(1));
        Object normal = normal(Map.of("list", inner));

        inner.add(2);

        assertThat(normal).isEqualTo(Map.of("list", List.of(1)));
    }

    @Test
    void aTextStaysAsItIsWrittenButForTheLineBreaksOfBrowsers() {
        assertThat(normal(text("{\r\n \"a\": ", "1}"))).isEqualTo("{\n \"a\": 1}");
        assertThat(normal(" [1] ")).isEqualTo(" [1] ");
        assertThat(normal("null")).isEqualTo("null");
        assertThat(normal(Map.of("word", "null"))).isEqualTo(Map.of("word", "null"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n"})
    void aBlankTextIsNone(String text) {
        assertThat(normal(text)).isNull();
        assertThat(JsonInput.text(null)).isEmpty();
    }

    @Test
    void whatIsNeitherAMapNorATextIsRefusedWithoutItsValue() {
        assertThatThrownBy(() -> normal(List.of("s3cr3t")))
                .hasMessageStartingWith("input must be a map or a text with JSON, not a value of class")
                .hasMessageNotContaining("s3cr3t");
        assertThatThrownBy(() -> normal(17)).hasMessageStartingWith("input must be a map or a text with JSON");
    }

    @Test
    void aKeyIsNeverLost() {
        Map<Object, Object> without = new LinkedHashMap<>();
        without.put(null, 1);
        assertThatThrownBy(() -> normal(Map.of("a", without))).hasMessage("input.a has a key that is null");
        Map<Object, Object> twice = new LinkedHashMap<>();
        twice.put("1", "x");
        twice.put(1, "y");
        assertThatThrownBy(() -> normal(twice)).hasMessage("input has the key '1' twice");
    }

    @Test
    void inputsAreToldApartAndAlikeOnesAreNot() {
        assertThat(JsonInput.hash(normal(Map.of("day", text("2", "4")))))
                .isEqualTo(JsonInput.hash(normal(Map.of("day", "24"))))
                .isNotEqualTo(JsonInput.hash(normal(Map.of("day", "25"))))
                .isNotEqualTo(JsonInput.hash(normal(null)));
    }
}
