package io.jenkins.plugins.awsoperations.alert;

import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The limits of every parameter of {@code sendFailEvent}, in one place for the Pipeline step, the alerts of other steps, the
 * form and the command line. AWS's limits are those of the EventBridge API reference, PutEventsRequestEntry. What may come
 * out of a failure itself is cut and not refused, because an alert must not fail for it.
 */
final class FailEventRules {

    private static final int MAX_CHANNEL = 128;

    /** As long as Step Functions lets an error's name be (API reference, SendTaskFailure). */
    private static final int MAX_ERROR = 256;

    private static final int MAX_SOURCE = 256;
    private static final int MAX_DETAIL_TYPE = 128;
    private static final int MAX_EVENT_BUS = 1600;
    private static final int MAX_RESOURCE = 2048;
    private static final int MAX_URL = 8192;

    /** Jobs in many folders have long names; beyond this, the name is of no use in an alert. */
    private static final int MAX_NAME = 1024;

    private static final int MOST_RESOURCES = 100;

    /** They stand in the event twice, and must leave room for the cause. */
    private static final int MOST_RESOURCE_BYTES = 32_768;

    private static final Pattern EVENT_BUS =
            Pattern.compile("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus/)?[.\\-_A-Za-z0-9]+");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");

    private FailEventRules() {}

    static List<Problem> check(FailEventRequestBuilder b) {
        Problems problems = new Problems();
        if (b.channel == null || b.channel.isBlank()) {
            problems.add("channel", "must be given: it says whom to tell");
        } else {
            text("channel", b.channel, MAX_CHANNEL, problems);
        }
        bus(b.eventBus, problems);
        text("source", b.source, MAX_SOURCE, problems);
        if (b.source.startsWith("aws.")) {
            problems.add("source", "must not begin with aws., which is for AWS's own events");
        }
        text("detailType", b.detailType, MAX_DETAIL_TYPE, problems);
        if (b.executionUrl != null) {
            text("executionUrl", b.executionUrl, MAX_URL, problems);
        }
        if (b.account != null && !ACCOUNT.matcher(b.account).matches()) {
            problems.add("account", "must be the twelve digits of an AWS account, not '" + b.account + "'");
        }
        if (b.region != null && !REGION.matcher(b.region).matches()) {
            problems.add("region", "must be an AWS region, as eu-central-1, not '" + b.region + "'");
        }
        b.resources.forEach(resource -> text("resources", resource, MAX_RESOURCE, problems));
        return problems.all();
    }

    private static void bus(String bus, Problems problems) {
        if (bus.length() > MAX_EVENT_BUS) {
            problems.add("eventBus", "has " + bus.length() + " characters; AWS takes " + MAX_EVENT_BUS);
        } else if (!EVENT_BUS.matcher(bus).matches()) {
            problems.add(
                    "eventBus", "must be a name of A-Z a-z 0-9 . - _ or the ARN of an event bus, not '" + bus + "'");
        }
    }

    private static void text(String field, String value, int most, Problems problems) {
        if (value.isBlank()) {
            problems.add(field, "must not be blank");
        } else if (value.length() > most) {
            problems.add(field, "has " + value.length() + " characters; at most " + most + " are allowed");
        } else if (value.chars().anyMatch(Character::isISOControl)
                || !Texts.wellFormed(value).equals(value)) {
            problems.add(field, "must not contain control characters");
        }
    }

    static String error(@Nullable String error) {
        return error == null || error.isBlank()
                ? FailEventRequest.DEFAULT_ERROR
                : Texts.beginning(Texts.wellFormed(error), MAX_ERROR);
    }

    static @Nullable String name(@Nullable String name) {
        return name == null ? null : Texts.beginning(Texts.wellFormed(name), MAX_NAME);
    }

    /** As many of the resources as an event takes, the first ones. */
    static ArrayList<String> fitting(List<String> resources) {
        ArrayList<String> fitting = new ArrayList<>();
        int bytes = 0;
        for (String resource : resources) {
            bytes += Texts.bytes(resource);
            if (bytes > MOST_RESOURCE_BYTES || fitting.size() == MOST_RESOURCES) {
                break;
            }
            fitting.add(resource);
        }
        return fitting;
    }
}
