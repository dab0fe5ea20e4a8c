package io.jenkins.plugins.awsoperations.simulator.ssm;

/** Status of a command on one node (API reference, CommandInvocation). */
enum InvocationStatus {
    PENDING("Pending", false),
    IN_PROGRESS("InProgress", false),
    DELAYED("Delayed", false),
    CANCELLING("Cancelling", false),
    SUCCESS("Success", true),
    CANCELLED("Cancelled", true),
    TIMED_OUT("TimedOut", true),
    FAILED("Failed", true);

    private final String wireName;
    private final boolean terminal;

    InvocationStatus(String wireName, boolean terminal) {
        this.wireName = wireName;
        this.terminal = terminal;
    }

    String wireName() {
        return wireName;
    }

    boolean terminal() {
        return terminal;
    }

    /** The status that goes with details at the end (user guide, "Understanding command statuses"). */
    static InvocationStatus ofDetails(String details) {
        return switch (details.replace(" ", "")) {
            case "Success" -> SUCCESS;
            case "Cancelled", "Canceled" -> CANCELLED;
            case "DeliveryTimedOut", "ExecutionTimedOut", "TimedOut" -> TIMED_OUT;
            default -> FAILED;
        };
    }
}
