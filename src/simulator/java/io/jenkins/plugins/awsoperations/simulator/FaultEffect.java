package io.jenkins.plugins.awsoperations.simulator;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a call that a {@link Fault} hits.
 *
 * @param answer what becomes of the reply
 * @param error the reply of {@link Answer#ERROR}; else null
 * @param image how the image of a CreateImage ends; null: available
 * @param imageDuration how long that takes, in simulated time; null: as the settings say
 * @param neverBack whether the instance stays down after the reboot
 * @param snapshotDeleteResult return code for every snapshot of a DeregisterImage; null: what really happened
 * @param commandEnds StatusDetails with which a command ends that is never run; null: it is run
 * @param entryError what each entry of a PutEvents fails with; null: none fails for that
 */
public record FaultEffect(
        Answer answer,
        @Nullable ErrorAnswer error,
        @Nullable ImageFate image,
        @Nullable Duration imageDuration,
        boolean neverBack,
        @Nullable String snapshotDeleteResult,
        @Nullable String commandEnds,
        @Nullable EntryError entryError) {

    // API reference of DeregisterImage, DeleteSnapshotReturnCode.
    private static final Set<String> DELETE_RESULTS =
            Set.of("success", "skipped", "missing-permissions", "internal-error", "client-error");

    /** Nothing goes wrong. */
    public static final FaultEffect NONE = new FaultEffect(Answer.NORMAL, null, null, null, false, null, null, null);

    /** Checks the return code. */
    public FaultEffect {
        if (snapshotDeleteResult != null && !DELETE_RESULTS.contains(snapshotDeleteResult)) {
            throw new IllegalArgumentException("\"" + snapshotDeleteResult + "\" is none of " + sorted(DELETE_RESULTS));
        }
        // API reference, CommandInvocation: StatusDetails has at most 100 characters.
        if (commandEnds != null && (commandEnds.isBlank() || commandEnds.length() > 100)) {
            throw new IllegalArgumentException("\"" + commandEnds + "\" are no status details");
        }
        if (imageDuration != null && imageDuration.isNegative()) {
            throw new IllegalArgumentException("an image takes no negative time: " + imageDuration);
        }
    }

    /** What becomes of the reply. */
    public enum Answer {
        /** It is sent. */
        NORMAL,
        /** It is {@link FaultEffect#error()}; nothing is done. */
        ERROR,
        /** It says that too many calls were made; nothing is done. */
        THROTTLE,
        /** It says that the caller may not do this; nothing is done. */
        DENY,
        /** The call takes effect and the connection is dropped. */
        LOSE_REPLY,
        /** The connection is dropped; nothing is done. */
        LOSE_REQUEST,
        /** It is InternalError; nothing is done. */
        SERVER_ERROR_BEFORE,
        /** It is InternalError; the call takes effect. */
        SERVER_ERROR_AFTER
    }

    /**
     * An error reply.
     *
     * @param code AWS error code
     * @param message text; {@code ${Name}} stands for the request's parameter Name
     * @param status HTTP status, 400 to 599
     */
    public record ErrorAnswer(String code, String message, int status) {
        /** Checks the status. */
        public ErrorAnswer {
            if (code.isBlank() || status < 400 || status > 599) {
                throw new IllegalArgumentException("no error reply: code \"" + code + "\", status " + status);
            }
        }
    }

    /**
     * How an image ends.
     *
     * @param state ImageState of the EC2 API
     * @param reasonCode code of its StateReason; null: none
     * @param reasonMessage message of its StateReason; null: none
     */
    public record ImageFate(
            String state,
            @Nullable String reasonCode,
            @Nullable String reasonMessage) {

        // API reference, ImageState.
        private static final Set<String> STATES =
                Set.of("pending", "available", "invalid", "deregistered", "transient", "failed", "error", "disabled");

        /** Checks the state. */
        public ImageFate {
            if (!STATES.contains(state)) {
                throw new IllegalArgumentException("\"" + state + "\" is none of " + sorted(STATES));
            }
        }
    }

    /**
     * The failure of an entry of PutEvents, in a reply with status 200.
     *
     * @param code ErrorCode of PutEventsResultEntry, for example {@code ThrottlingException}
     * @param message its ErrorMessage
     */
    public record EntryError(String code, String message) {
        /** Checks the code. */
        public EntryError {
            if (code.isBlank()) {
                throw new IllegalArgumentException("an entry fails with an error code");
            }
        }
    }

    private static String sorted(Set<String> values) {
        return values.stream().sorted().toList().toString();
    }

    /** Whether a call without effect, a dry run, can be hit: one that is about the reply and not about what is done. */
    boolean concernsDryRuns() {
        return answer != Answer.NORMAL && answer != Answer.ERROR;
    }

    FaultEffect withAnswer(Answer newAnswer) {
        return new FaultEffect(
                newAnswer, null, image, imageDuration, neverBack, snapshotDeleteResult, commandEnds, entryError);
    }

    FaultEffect withError(ErrorAnswer newError) {
        return new FaultEffect(
                Answer.ERROR, newError, image, imageDuration, neverBack, snapshotDeleteResult, commandEnds, entryError);
    }

    FaultEffect withImage(ImageFate fate) {
        return new FaultEffect(
                answer, error, fate, imageDuration, neverBack, snapshotDeleteResult, commandEnds, entryError);
    }

    FaultEffect withImageDuration(Duration duration) {
        return new FaultEffect(
                answer, error, image, duration, neverBack, snapshotDeleteResult, commandEnds, entryError);
    }

    FaultEffect withNeverBack() {
        return new FaultEffect(
                answer, error, image, imageDuration, true, snapshotDeleteResult, commandEnds, entryError);
    }

    FaultEffect withSnapshotDeleteResult(String returnCode) {
        return new FaultEffect(answer, error, image, imageDuration, neverBack, returnCode, commandEnds, entryError);
    }

    FaultEffect withCommandEnds(String statusDetails) {
        return new FaultEffect(
                answer, error, image, imageDuration, neverBack, snapshotDeleteResult, statusDetails, entryError);
    }

    FaultEffect withEntryError(EntryError failure) {
        return new FaultEffect(
                answer, error, image, imageDuration, neverBack, snapshotDeleteResult, commandEnds, failure);
    }
}
