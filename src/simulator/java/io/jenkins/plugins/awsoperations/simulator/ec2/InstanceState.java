package io.jenkins.plugins.awsoperations.simulator.ec2;

/** State of an instance with its code (API reference, InstanceState). */
enum InstanceState {
    PENDING(0, "pending"),
    RUNNING(16, "running"),
    SHUTTING_DOWN(32, "shutting-down"),
    TERMINATED(48, "terminated"),
    STOPPING(64, "stopping"),
    STOPPED(80, "stopped");

    private final int code;
    private final String wireName;

    InstanceState(int code, String wireName) {
        this.code = code;
        this.wireName = wireName;
    }

    int code() {
        return code;
    }

    String wireName() {
        return wireName;
    }

    /** Where this state leads by itself. */
    InstanceState settled() {
        return switch (this) {
            case PENDING -> RUNNING;
            case SHUTTING_DOWN -> TERMINATED;
            case STOPPING -> STOPPED;
            default -> this;
        };
    }

    static InstanceState of(String wireName) {
        for (InstanceState state : values()) {
            if (state.wireName.equals(wireName)) {
                return state;
            }
        }
        throw new IllegalArgumentException("\"" + wireName + "\" is no state of an instance");
    }
}
