package io.jenkins.plugins.awsoperations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.fleet.FleetInstance;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InstanceBackupTest {

    /** A field that the copy forgets would be lost with the next poll, without a word. */
    @Test
    @SuppressWarnings("unchecked")
    void aCopyForgetsNoField() throws IllegalAccessException {
        InstanceBackup original = new InstanceBackup(
                new FleetInstance("i-1", "running", "ebs", "/dev/xvda", List.of(), Map.of("Name", "n")));
        for (Field field : InstanceBackup.class.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            field.setAccessible(true);
            Object value = field.get(original);
            if (value instanceof ArrayList<?> list) {
                ((ArrayList<Object>) list).add("something");
            } else if (value instanceof TreeMap<?, ?> map && map.isEmpty()) {
                ((TreeMap<String, Object>) map).put("key", new ArrayList<>(List.of("something")));
            } else if (!Modifier.isFinal(field.getModifiers())) {
                field.set(original, other(field.getType()));
            }
        }
        assertThat(new InstanceBackup(original)).usingRecursiveComparison().isEqualTo(original);
    }

    private static Object other(Class<?> type) {
        if (type == boolean.class) {
            return true;
        }
        if (type == int.class) {
            return 7;
        }
        if (type == String.class) {
            return "something";
        }
        if (type == Instant.class) {
            return Instant.parse("2026-01-01T00:00:00Z");
        }
        if (type == Duration.class) {
            return Duration.ofSeconds(7);
        }
        if (type == InstanceBackup.Phase.class) {
            return InstanceBackup.Phase.ROTATING;
        }
        if (type == OperationFailure.class) {
            return OperationFailure.of(FailureKind.BUSY, "m", "r");
        }
        if (type == ArrayList.class) {
            return new ArrayList<>(List.of("something"));
        }
        throw new AssertionError("a field of a new type: " + type);
    }
}
