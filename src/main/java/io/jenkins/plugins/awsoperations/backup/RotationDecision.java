package io.jenkins.plugins.awsoperations.backup;

import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * What happens to one image, and why.
 *
 * @param reason for people
 * @param heldBack whether it would go, were it not protected or in use
 */
public record RotationDecision(
        String imageId, String name, Instant created, Action action, String reason, boolean heldBack)
        implements Serializable {

    /** What happens to an image. */
    public enum Action {
        KEEP,
        /** Deregister it and delete its snapshots. */
        DELETE,
        /** Another plan keeps it: only this plan lets it go. */
        RELEASE
    }

    /** The same image, kept although it is due. */
    RotationDecision heldBack(String because) {
        return new RotationDecision(imageId, name, created, Action.KEEP, reason + ", but " + because, true);
    }

    /** One line of the keep/delete table. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%-7s %s  %s  %s (%s)",
                action.name().toLowerCase(Locale.ROOT),
                imageId,
                created.truncatedTo(ChronoUnit.SECONDS),
                name,
                reason);
    }
}
