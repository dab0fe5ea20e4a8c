package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.fleet.InstanceLocator;
import io.jenkins.plugins.awsoperations.fleet.TagSelectorRules;
import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.Problems;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The limits of every parameter of {@code ec2Backup}, in one place for the Pipeline step, the form and the command line. AWS's
 * limits are those of the EC2 API reference (CreateImage, Tag, Filter).
 */
final class BackupRequestRules {

    private static final Pattern PLAN = Pattern.compile("[A-Za-z0-9._/-]{1,64}");

    private BackupRequestRules() {}

    static List<Problem> check(BackupRequestBuilder b) {
        Problems problems = new Problems();
        targets(b, problems);
        if (!PLAN.matcher(b.plan).matches()) {
            problems.add("plan", "must be 1 to 64 of A-Z a-z 0-9 . _ / -, not '" + b.plan + "'");
        }
        problems.range("generations", b.generations, 0, 1000);
        problems.range("retentionDays", b.retentionDays, 1, 36500);
        problems.range("rebootConcurrency", b.rebootConcurrency, 1, 50);
        ImageName.problem(b.imageName).ifPresent(p -> problems.add("imageName", p));
        if (b.description != null && b.description.length() > 255) {
            problems.add("description", "has " + b.description.length() + " characters; AWS takes 255");
        }
        if (b.description != null && !b.description.matches("[ -~]*")) {
            problems.add("description", "has characters beyond ASCII, which AWS does not take there");
        }
        imageTags(b, problems);
        for (String device : b.excludeDevices) {
            if (device.isBlank()) {
                problems.add("excludeDevices", "must not contain an empty name");
            }
        }
        problems.range("maxAttempts", b.maxAttempts, 1, 10);
        problems.range("timeoutMinutes", b.timeoutMinutes, 1, 1440);
        problems.range("conflictTimeoutMinutes", b.conflictTimeoutMinutes, 0, 525600);
        problems.range("shareWindowMinutes", b.shareWindowMinutes, 0, 525600);
        problems.range("parallelism", b.parallelism, 1, 50);
        problems.range("maxInstances", b.maxInstances, 0, Integer.MAX_VALUE);
        tagKey(problems, "keepTag", b.keepTag);
        if (b.keepTag.startsWith(ImageTags.PREFIX) && !b.keepTag.equals(BackupRequest.DEFAULT_KEEP_TAG)) {
            problems.add("keepTag", "must not begin with " + ImageTags.PREFIX + ", which is ours");
        }
        deprecation(b, problems);
        return problems.all();
    }

    private static void targets(BackupRequestBuilder b, Problems problems) {
        if (b.tags.isEmpty() && b.instanceIds.isEmpty()) {
            problems.add("tags", "or instanceIds must be given: nothing says which instances to back up");
        }
        if (!b.tags.isEmpty() && !b.instanceIds.isEmpty()) {
            problems.add("instanceIds", "and tags exclude each other: give one of them");
        }
        TagSelectorRules.check("tags", b.tags, problems);
        TagSelectorRules.check("excludeTags", b.excludeTags, problems);
        for (String id : b.instanceIds) {
            InstanceLocator.idProblem(id).ifPresent(p -> problems.add("instanceIds", p));
        }
    }

    private static void imageTags(BackupRequestBuilder b, Problems problems) {
        if (b.imageTags.size() > ImageTags.MAX_TAGS - ImageTags.OURS) {
            problems.add(
                    "imageTags",
                    "has " + b.imageTags.size() + " tags; AWS takes 50 and " + ImageTags.OURS + " are ours");
        }
        b.imageTags.forEach((key, value) -> {
            tagKey(problems, "imageTags", key);
            if (key.startsWith(ImageTags.PREFIX) && !key.equals(b.keepTag)) {
                problems.add("imageTags", "'" + key + "' begins with " + ImageTags.PREFIX + ", which is ours");
            }
            if (value.length() > ImageTags.MAX_VALUE) {
                problems.add("imageTags", "'" + key + "' has " + value.length() + " characters; AWS takes 256");
            }
        });
    }

    private static void tagKey(Problems problems, String field, String key) {
        if (key.isBlank() || key.length() > ImageTags.MAX_KEY) {
            problems.add(field, "'" + key + "' is not a tag key: 1 to " + ImageTags.MAX_KEY + " characters");
        }
        if (key.startsWith("aws:")) {
            problems.add(field, "'" + key + "' begins with aws:, which is AWS's own");
        }
    }

    private static void deprecation(BackupRequestBuilder b, Problems problems) {
        problems.range("deprecateAfterDays", b.deprecateAfterDays, 1, 3650);
        if (b.deprecateAfterDays != null && b.retentionDays != null && b.deprecateAfterDays > b.retentionDays) {
            problems.add(
                    "deprecateAfterDays",
                    "is " + b.deprecateAfterDays + ", more than retentionDays (" + b.retentionDays + ")");
        }
    }
}
