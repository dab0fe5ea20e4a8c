package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryRequest;
import io.jenkins.plugins.awsoperations.simulator.wire.XmlBody;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What EC2 accepts as tags: at most 50 per resource, keys up to 127 characters, values up to 256, nothing that starts
 * with {@code aws:}. Sources: API reference, Tag; EC2 user guide, "Tag your Amazon EC2 resources".
 */
final class TagRules {

    static final int MAX_TAGS = 50;
    private static final int MAX_KEY = 127;
    private static final int MAX_VALUE = 256;
    private static final String RESERVED = "aws:";

    private TagRules() {}

    /** The tags of a numbered list of Key and Value, for example {@code Tag}. */
    static Map<String, String> read(QueryRequest request, String listName) {
        Map<String, String> tags = new TreeMap<>();
        for (String member : request.members(listName)) {
            String key = request.optional(member + ".Key");
            if (key == null) {
                throw AwsError.missing(member + ".Key");
            }
            String value = request.optional(member + ".Value");
            check(key, value == null ? "" : value);
            if (tags.put(key, value == null ? "" : value) != null) {
                throw AwsError.invalidValue("Duplicate tag key '" + key + "' specified.");
            }
        }
        return tags;
    }

    /** The tags of all TagSpecifications by resource type, of which only the given types are valid for the action. */
    static Map<String, Map<String, String>> readSpecifications(QueryRequest request, List<String> validTypes) {
        Map<String, Map<String, String>> byType = new HashMap<>();
        for (String member : request.members("TagSpecification")) {
            String type = request.required(member + ".ResourceType");
            if (!validTypes.contains(type)) {
                throw AwsError.invalidValue("'" + type + "' is not a valid taggable resource type for this operation.");
            }
            Map<String, String> tags = read(request, member + ".Tag");
            if (tags.isEmpty()) {
                throw AwsError.badRequest("InvalidParameter", "Tag specification must have at least one tag");
            }
            checkCount(tags);
            if (byType.put(type, tags) != null) {
                throw AwsError.invalidValue("Tag specification resource type '" + type + "' may be used only once");
            }
        }
        return byType;
    }

    static void check(String key, String value) {
        if (key.isEmpty()) {
            throw AwsError.invalidValue("Tag key cannot be null or empty. Tag keys are 1 to 127 characters.");
        }
        if (isReserved(key)) {
            throw AwsError.invalidValue("Tag keys starting with 'aws:' are reserved for internal use");
        }
        if (key.codePointCount(0, key.length()) > MAX_KEY) {
            throw AwsError.invalidValue("Tag key exceeds the maximum length of " + MAX_KEY + " characters");
        }
        if (value.codePointCount(0, value.length()) > MAX_VALUE) {
            throw AwsError.invalidValue("Tag value exceeds the maximum length of " + MAX_VALUE + " characters");
        }
    }

    /** Refuses more than 50 tags on one resource; AWS's own tags do not count. */
    static void checkCount(Map<String, String> tags) {
        if (tags.keySet().stream().filter(key -> !isReserved(key)).count() > MAX_TAGS) {
            throw AwsError.badRequest(
                    "TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
        }
    }

    static boolean isReserved(String key) {
        return key.regionMatches(true, 0, RESERVED, 0, RESERVED.length());
    }

    static void write(XmlBody xml, Map<String, String> tags) {
        if (tags.isEmpty()) {
            return;
        }
        xml.open("tagSet");
        tags.forEach((key, value) ->
                xml.open("item").text("key", key).text("value", value).close("item"));
        xml.close("tagSet");
    }
}
