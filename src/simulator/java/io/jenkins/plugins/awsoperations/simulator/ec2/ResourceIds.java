package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Ids of resources: 17 hexadecimal digits of which the first is 0 (EC2 user guide, "Resource IDs"), drawn from the
 * seed, each kind from a sequence of its own so that the kinds do not depend on one another.
 */
final class ResourceIds {

    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{8}|[0-9a-f]{17}");

    private final long seed;
    private final Map<String, SplittableRandom> sequences = new HashMap<>();

    ResourceIds(long seed) {
        this.seed = seed;
    }

    String next(String prefix) {
        SplittableRandom random =
                sequences.computeIfAbsent(prefix, kind -> new SplittableRandom(seed * 31 + kind.hashCode()));
        return String.format(Locale.ROOT, "%s-0%016x", prefix, random.nextLong());
    }

    /** A number from {@code min} to {@code max} inclusive that depends on nothing but the seed and the id. */
    long drawnFor(String id, long min, long max) {
        return new SplittableRandom(seed * 31 + id.hashCode()).nextLong(min, max + 1);
    }

    static boolean wellFormed(String id, String prefix) {
        return id.startsWith(prefix + '-')
                && DIGITS.matcher(id.substring(prefix.length() + 1)).matches();
    }

    /** Refuses an instance id that can be none. */
    static void checkInstance(String id) {
        if (!wellFormed(id, "i")) {
            throw AwsError.badRequest("InvalidInstanceID.Malformed", "Invalid id: \"" + id + "\"");
        }
    }

    /** Refuses an image id that can be none. */
    static void checkImage(String id) {
        if (!wellFormed(id, "ami")) {
            throw AwsError.badRequest("InvalidAMIID.Malformed", "Invalid id: \"" + id + "\" (expecting \"ami-...\")");
        }
    }

    /** Refuses a snapshot id that can be none. */
    static void checkSnapshot(String id) {
        if (!wellFormed(id, "snap")) {
            throw AwsError.badRequest(
                    "InvalidSnapshotID.Malformed",
                    "The snapshot ID '" + id + "' is not valid. The expected format is snap-xxxxxxxx or "
                            + "snap-xxxxxxxxxxxxxxxxx.");
        }
    }
}
