package io.jenkins.plugins.awsoperations.simulator.ec2;

import java.time.Instant;
import java.util.Map;

/** What instances, images and snapshots have in common: an id, tags, and a moment from which they are seen. */
abstract class Resource {

    private final String id;
    private final long ordinal;
    private final Instant writtenAt;
    private final TagLog tags;

    /**
     * A resource.
     *
     * @param ordinal place in the order of creation, by which pages are cut
     * @param writtenAt when the creating call was made; {@link Instant#MIN} for one that was there from the start
     */
    Resource(String id, long ordinal, Instant writtenAt, Map<String, String> tags) {
        this.id = id;
        this.ordinal = ordinal;
        this.writtenAt = writtenAt;
        this.tags = new TagLog(tags);
    }

    final String id() {
        return id;
    }

    final long ordinal() {
        return ordinal;
    }

    final TagLog tags() {
        return tags;
    }

    /** Whether Describe calls see that this was created. */
    final boolean seenAt(Instant horizon) {
        return !writtenAt.isAfter(horizon);
    }

    /** Name of the resource type in tag specifications and DescribeTags. */
    abstract String type();

    /** Whether Describe calls list this. */
    abstract boolean listed(Instant now, Instant horizon);
}
