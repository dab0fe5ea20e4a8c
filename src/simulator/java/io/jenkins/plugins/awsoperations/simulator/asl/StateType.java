package io.jenkins.plugins.awsoperations.simulator.asl;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The kinds of states. */
public enum StateType {
    /** Passes its input on. */
    PASS("Pass"),
    /** Does something. */
    TASK("Task"),
    /** Goes one way or another. */
    CHOICE("Choice"),
    /** Lets time pass. */
    WAIT("Wait"),
    /** Ends well. */
    SUCCEED("Succeed"),
    /** Ends badly. */
    FAIL("Fail"),
    /** Does several things at once. */
    PARALLEL("Parallel"),
    /** Does the same with every item of a list. */
    MAP("Map");

    private final String text;

    StateType(String text) {
        this.text = text;
    }

    /** As it is written in definitions, and begins the names of history events. */
    public String text() {
        return text;
    }

    static @Nullable StateType of(String text) {
        return Arrays.stream(values())
                .filter(type -> type.text.equals(text))
                .findFirst()
                .orElse(null);
    }
}
