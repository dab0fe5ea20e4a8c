package io.jenkins.plugins.awsoperations.simulator.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.Constraints;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What EventBridge refuses. A request that breaks a constraint of the model fails as a whole; an entry that is incomplete
 * fails alone, with HTTP status 200. API reference, PutEvents, PutEventsRequestEntry and PutEventsResultEntry; the texts are
 * those that AWS was seen to answer.
 */
final class EntryRules {

    private static final Constraints CONSTRAINTS = new Constraints("ValidationException");

    private static final int MOST_ENTRIES = 10;

    /** "The total entry size must be less than 256KB." */
    private static final int LIMIT_BYTES = 256 * 1024;

    private static final int LONGEST_BUS = 1600;
    private static final int LONGEST_RESOURCE = 2048;
    private static final Pattern BUS =
            Pattern.compile("(arn:aws[\\w-]*:events:[a-z]+-[a-z]+-[\\w-]+:[0-9]{12}:event-bus\\/)?[\\.\\-_A-Za-z0-9]+");

    // Jackson's own limit of nesting, 1,000, is AWS's too.
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private EntryRules() {}

    /**
     * The entries of a request.
     *
     * @param sent as they were sent, null when they were not
     * @throws AwsError when the request fails as a whole
     */
    static List<EventEntry> checked(@Nullable List<EventEntry> sent) {
        List<EventEntry> entries = CONSTRAINTS.required("Entries", sent);
        if (entries.isEmpty()) {
            throw CONSTRAINTS.broken("Entries", entries, "have length greater than or equal to 1");
        }
        CONSTRAINTS.size("Entries", entries, MOST_ENTRIES);
        for (int i = 0; i < entries.size(); i++) {
            checkModel(entries.get(i), "entries." + (i + 1) + ".member.");
        }
        if (entries.stream().mapToInt(EventEntry::bytes).sum() >= LIMIT_BYTES) {
            throw AwsError.badRequest(
                    "ValidationException", "Total size of the entries in the request is over the limit.");
        }
        return entries;
    }

    private static void checkModel(EventEntry entry, String at) {
        String bus = entry.bus();
        if (bus != null && bus.isEmpty()) {
            throw CONSTRAINTS.broken(at + "eventBusName", bus, "have length greater than or equal to 1");
        }
        if (bus != null && bus.length() > LONGEST_BUS) {
            throw CONSTRAINTS.broken(at + "eventBusName", bus, "have length less than or equal to " + LONGEST_BUS);
        }
        if (bus != null && !BUS.matcher(bus).matches()) {
            throw CONSTRAINTS.broken(at + "eventBusName", bus, "satisfy regular expression pattern: " + BUS);
        }
        for (String resource : entry.resources()) {
            if (resource.length() > LONGEST_RESOURCE) {
                throw CONSTRAINTS.broken(
                        at + "resources", resource, "have length less than or equal to " + LONGEST_RESOURCE);
            }
        }
    }

    /** Why an entry fails; empty when it does not. */
    static Optional<EntryResult> failure(EventEntry entry) {
        if (isMissing(entry.source())) {
            return Optional.of(required("Source"));
        }
        if (isMissing(entry.detailType())) {
            return Optional.of(required("DetailType"));
        }
        if (isMissing(entry.detail())) {
            return Optional.of(required("Detail"));
        }
        if (entry.source().startsWith("aws.")) {
            return Optional.of(EntryResult.failed("NotAuthorizedForSourceException", "Not authorized for the source."));
        }
        return isObject(entry.detail())
                ? Optional.empty()
                : Optional.of(EntryResult.failed("MalformedDetail", "Detail is malformed."));
    }

    private static boolean isMissing(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static EntryResult required(String parameter) {
        return EntryResult.failed(
                "InvalidArgument",
                "Parameter " + parameter + " is not valid. Reason: " + parameter + " is a required argument.");
    }

    private static boolean isObject(String detail) {
        try {
            return JSON.readTree(detail).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
