package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.backup.RotationDecision.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Decides which images of one instance a plan keeps: a pure function of the images, the rules and the time.
 *
 * <p>Never deleted: an image that we did not make, one that carries the keep tag, is protected or in use, the newest available
 * one of the plan, and one that another plan keeps.
 */
public final class RotationPlan {

    private static final Comparator<BackupImage> NEWEST_FIRST = Comparator.comparing(BackupImage::created)
            .thenComparing(BackupImage::imageId)
            .reversed();

    private RotationPlan() {}

    /**
     * @param instanceId the instance whose images these are
     * @param images all images found for the instance; those of other plans and other owners may be among them
     * @param rules what the plan keeps
     * @param inUse image id to what uses it
     * @param now the time by which the age counts
     * @return one decision for each image of the plan, newest first
     */
    public static List<RotationDecision> decide(
            String instanceId,
            Collection<BackupImage> images,
            RotationRules rules,
            Map<String, String> inUse,
            Instant now) {
        List<RotationDecision> decisions = new ArrayList<>();
        int rank = 0;
        for (BackupImage image : images.stream().sorted(NEWEST_FIRST).toList()) {
            if (!image.isOursOf(instanceId)) {
                continue;
            }
            if (image.serves(rules.plan())) {
                boolean counts = image.isAvailable() && !image.tags().containsKey(rules.keepTag());
                decisions.add(decide(image, rules, inUse, now, rank));
                rank += counts ? 1 : 0;
            } else if (image.isReleasedBy(rules.plan()) && !image.servesOtherThan(rules.plan())) {
                decisions.add(delete(image, rules, inUse, "no plan keeps it any more"));
            }
        }
        return decisions;
    }

    private static RotationDecision decide(
            BackupImage image, RotationRules rules, Map<String, String> inUse, Instant now, int rank) {
        if (image.tags().containsKey(rules.keepTag())) {
            return decision(image, Action.KEEP, "has the tag " + rules.keepTag());
        }
        if (image.isBroken()) {
            return delete(image, rules, inUse, "is " + image.state());
        }
        if (!image.isAvailable()) {
            return decision(image, Action.KEEP, "is " + image.state());
        }
        if (rank == 0) {
            return decision(image, Action.KEEP, "newest");
        }
        Integer generations = rules.generations();
        Integer days = rules.retentionDays();
        long age = Duration.between(image.created(), now).toDays();
        if (generations == null && days == null || generations != null && generations == 0) {
            return decision(image, Action.KEEP, "all generations are kept");
        }
        if (generations != null && rank < generations) {
            return decision(image, Action.KEEP, "generation " + (rank + 1) + " of " + generations);
        }
        if (days != null && image.created().isAfter(now.minus(Duration.ofDays(days)))) {
            return decision(image, Action.KEEP, age + " days old, kept for " + days);
        }
        List<String> why = new ArrayList<>();
        if (generations != null) {
            why.add("generation " + (rank + 1) + " of " + generations);
        }
        if (days != null) {
            why.add(age + " days old, kept for " + days);
        }
        return delete(image, rules, inUse, String.join(", ", why));
    }

    private static RotationDecision delete(
            BackupImage image, RotationRules rules, Map<String, String> inUse, String reason) {
        if (image.tags().containsKey(rules.keepTag())) {
            return decision(image, Action.KEEP, "has the tag " + rules.keepTag());
        }
        if (image.servesOtherThan(rules.plan()) && !image.isBroken()) {
            return decision(image, Action.RELEASE, reason + "; another plan keeps it");
        }
        RotationDecision due = decision(image, Action.DELETE, reason);
        if (image.isProtected()) {
            return due.heldBack("deregistration protection is on");
        }
        String user = inUse.get(image.imageId());
        return user == null ? due : due.heldBack("in use by " + user);
    }

    private static RotationDecision decision(BackupImage image, Action action, String reason) {
        return new RotationDecision(image.imageId(), image.name(), image.created(), action, reason, false);
    }
}
