package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tags of our images: how a run recognises its own, how a plan finds its generations, and how several plans share one image.
 * Limits: EC2 API reference, Tag and TagSpecification.
 */
public final class ImageTags {

    /** All our tag keys begin with this. */
    public static final String PREFIX = "aws-operations:";

    /** The token of the run that made the image. */
    public static final String RUN = PREFIX + "run";

    /** The instance that the image is of. */
    public static final String INSTANCE = PREFIX + "instance";

    public static final String JOB = PREFIX + "job";
    public static final String BUILD = PREFIX + "build";

    /** How the image was made, so that only an equal one is shared. */
    public static final String MODE = PREFIX + "mode";

    /** Ids of snapshots that could not be deleted with their image and are tried again by the next rotation. */
    public static final String LEFTOVER_SNAPSHOTS = PREFIX + "leftover-snapshots";

    /** Begins the key of the tag that each plan has on the images that serve it. */
    public static final String PLAN_PREFIX = PREFIX + "plan:";

    /** Begins the value of a plan's tag when the plan no longer keeps the image. */
    static final String RELEASED = "released ";

    /** Begins the mode of an image that was made with a reboot. */
    static final String REBOOT = "reboot";

    static final int MAX_TAGS = 50;
    static final int MAX_KEY = 127;
    static final int MAX_VALUE = 256;
    static final int OURS = 7;

    private ImageTags() {}

    /**
     * The tags of a new image, ours first.
     *
     * @param tags in the order of their importance, 50 at most
     * @param dropped keys of copied tags for which there was no room
     */
    record Selection(Map<String, String> tags, List<String> dropped) {}

    static Selection forImage(
            BackupRequest request, RunIdentity run, String instanceId, Map<String, String> instanceTags, Instant now) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(RUN, run.token());
        tags.put(INSTANCE, instanceId);
        tags.put(JOB, cut(run.job()));
        tags.put(BUILD, cut(run.build()));
        tags.put(MODE, mode(request));
        tags.put(plan(request.plan()), now.toString());
        tags.putAll(request.imageTags());
        List<String> dropped = new ArrayList<>();
        if (request.copyTags()) {
            instanceTags.forEach((key, value) -> {
                boolean reserved = key.startsWith("aws:") || key.startsWith(PREFIX) || key.equals(request.keepTag());
                if (reserved || tags.containsKey(key)) {
                    return;
                }
                // One place stays free for the tag that remembers snapshots.
                if (tags.size() < MAX_TAGS - 1) {
                    tags.put(key, value);
                } else {
                    dropped.add(key);
                }
            });
        }
        return new Selection(tags, dropped);
    }

    /** The key of a plan's tag. */
    static String plan(String plan) {
        return PLAN_PREFIX + plan;
    }

    /** How a request makes images: rebooted or not, and without which devices. */
    static String mode(BackupRequest request) {
        return modeOf(request.reboot(), request.excludeDevices());
    }

    private static String modeOf(boolean reboot, Collection<String> excludeDevices) {
        String devices = String.join(" ", excludeDevices.stream().sorted().toList());
        return cut((reboot ? REBOOT : "no-reboot") + (devices.isEmpty() ? "" : " without " + devices));
    }

    /** Whether an image made in one mode is good enough for a request: the same, or consistent where that was not asked for. */
    static boolean serves(String modeOfImage, BackupRequest request) {
        return modeOfImage.equals(mode(request)) || modeOfImage.equals(modeOf(true, request.excludeDevices()));
    }

    private static String cut(String value) {
        return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE);
    }
}
