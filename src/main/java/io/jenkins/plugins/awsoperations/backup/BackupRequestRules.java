package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.fleet.InstanceLocator;
import io.jenkins.plugins.awsoperations.fleet.TagSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The limits of every parameter of {@code ec2Backup}, in one place for the Pipeline step, the form and the command line. AWS's
 * limits are those of the EC2 API reference (CreateImage, Tag, Filter).
 */
public final class BackupRequestRules {

    /** EC2 takes 50 filters in one request; one is for the instance's state. */
    private static final int MAX_FILTERS = 49;

    private static final Pattern PLAN = Pattern.compile("[A-Za-z0-9._/-]{1,64}");
    private static final Pattern INSTANCE_ID = Pattern.compile("i-([0-9a-f]{8}|[0-9a-f]{17})");

    /**
     * @param field the parameter's name
     * @param message what is wrong and what is allowed
     */
    public record Problem(String field, String message) {

        @Override
        public String toString() {
            return field + " " + message;
        }
    }

    private BackupRequestRules() {}

    static List<Problem> check(BackupRequestBuilder b) {
        List<Problem> problems = new ArrayList<>();
        targets(b, problems);
        if (!PLAN.matcher(b.plan).matches()) {
            add(problems, "plan", "must be 1 to 64 of A-Z a-z 0-9 . _ / -, not '" + b.plan + "'");
        }
        range(problems, "generations", b.generations, 0, 1000);
        range(problems, "retentionDays", b.retentionDays, 1, 36500);
        range(problems, "rebootConcurrency", b.rebootConcurrency, 1, 50);
        ImageName.problem(b.imageName).ifPresent(p -> add(problems, "imageName", p));
        if (b.description != null && b.description.length() > 255) {
            add(problems, "description", "has " + b.description.length() + " characters; AWS takes 255");
        }
        if (b.description != null && !b.description.matches("[ -~]*")) {
            add(problems, "description", "has characters beyond ASCII, which AWS does not take there");
        }
        imageTags(b, problems);
        for (String device : b.excludeDevices) {
            if (device.isBlank()) {
                add(problems, "excludeDevices", "must not contain an empty name");
            }
        }
        range(problems, "maxAttempts", b.maxAttempts, 1, 10);
        range(problems, "timeoutMinutes", b.timeoutMinutes, 1, 1440);
        range(problems, "conflictTimeoutMinutes", b.conflictTimeoutMinutes, 0, 525600);
        range(problems, "shareWindowMinutes", b.shareWindowMinutes, 0, 525600);
        range(problems, "parallelism", b.parallelism, 1, 50);
        range(problems, "maxInstances", b.maxInstances, 0, Integer.MAX_VALUE);
        tagKey(problems, "keepTag", b.keepTag);
        if (b.keepTag.startsWith(ImageTags.PREFIX) && !b.keepTag.equals(BackupRequest.DEFAULT_KEEP_TAG)) {
            add(problems, "keepTag", "must not begin with " + ImageTags.PREFIX + ", which is ours");
        }
        deprecation(b, problems);
        return problems;
    }

    private static void targets(BackupRequestBuilder b, List<Problem> problems) {
        if (b.tags.isEmpty() && b.instanceIds.isEmpty()) {
            add(problems, "tags", "or instanceIds must be given: nothing says which instances to back up");
        }
        if (!b.tags.isEmpty() && !b.instanceIds.isEmpty()) {
            add(problems, "instanceIds", "and tags exclude each other: give one of them");
        }
        selector(problems, "tags", b.tags);
        selector(problems, "excludeTags", b.excludeTags);
        if (TagSelector.of(b.tags).valueCount() > InstanceLocator.MAX_FILTER_VALUES - 10) {
            add(problems, "tags", "has more than " + (InstanceLocator.MAX_FILTER_VALUES - 10) + " values");
        }
        if (b.tags.size() > MAX_FILTERS) {
            add(problems, "tags", "has " + b.tags.size() + " keys; AWS takes " + MAX_FILTERS + " in one request");
        }
        for (String id : b.instanceIds) {
            if (!INSTANCE_ID.matcher(id).matches()) {
                add(problems, "instanceIds", "'" + id + "' is not an instance id (i- and 8 or 17 hexadecimal digits)");
            }
        }
    }

    private static void selector(List<Problem> problems, String field, Map<String, List<String>> selector) {
        selector.forEach((key, values) -> {
            tagKey(problems, field, key);
            if (values.isEmpty()) {
                add(problems, field, "has no value for '" + key + "'");
            }
            for (String value : values) {
                if (value.length() > ImageTags.MAX_VALUE) {
                    add(
                            problems,
                            field,
                            "'" + key + "' has a value of " + value.length() + " characters; AWS takes 256");
                }
            }
        });
    }

    private static void imageTags(BackupRequestBuilder b, List<Problem> problems) {
        if (b.imageTags.size() > ImageTags.MAX_TAGS - ImageTags.OURS) {
            add(
                    problems,
                    "imageTags",
                    "has " + b.imageTags.size() + " tags; AWS takes 50 and " + ImageTags.OURS + " are ours");
        }
        b.imageTags.forEach((key, value) -> {
            tagKey(problems, "imageTags", key);
            if (key.startsWith(ImageTags.PREFIX) && !key.equals(b.keepTag)) {
                add(problems, "imageTags", "'" + key + "' begins with " + ImageTags.PREFIX + ", which is ours");
            }
            if (value.length() > ImageTags.MAX_VALUE) {
                add(problems, "imageTags", "'" + key + "' has " + value.length() + " characters; AWS takes 256");
            }
        });
    }

    private static void tagKey(List<Problem> problems, String field, String key) {
        if (key.isBlank() || key.length() > ImageTags.MAX_KEY) {
            add(problems, field, "'" + key + "' is not a tag key: 1 to " + ImageTags.MAX_KEY + " characters");
        }
        if (key.startsWith("aws:") && !field.equals("tags") && !field.equals("excludeTags")) {
            add(problems, field, "'" + key + "' begins with aws:, which is AWS's own");
        }
    }

    private static void deprecation(BackupRequestBuilder b, List<Problem> problems) {
        range(problems, "deprecateAfterDays", b.deprecateAfterDays, 1, 3650);
        if (b.deprecateAfterDays != null && b.retentionDays != null && b.deprecateAfterDays > b.retentionDays) {
            add(
                    problems,
                    "deprecateAfterDays",
                    "is " + b.deprecateAfterDays + ", more than retentionDays (" + b.retentionDays + ")");
        }
    }

    private static void range(List<Problem> problems, String field, @Nullable Integer value, int from, int to) {
        if (value != null && (value < from || value > to)) {
            add(
                    problems,
                    field,
                    to == Integer.MAX_VALUE
                            ? "must be at least " + from + ", not " + value
                            : "must be " + from + " to " + to + ", not " + value);
        }
    }

    private static void add(List<Problem> problems, String field, String message) {
        problems.add(new Problem(field, message));
    }
}
