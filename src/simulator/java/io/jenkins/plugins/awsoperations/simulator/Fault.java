package io.jenkins.plugins.awsoperations.simulator;

import java.time.Duration;
import java.util.TreeMap;

/**
 * A rule that makes something go wrong: which calls it applies to, how often, and what happens. Immutable; every method
 * returns a changed copy, so {@code Fault.on("CreateImage").times(2).throttle()} reads in any order.
 *
 * <p>Without {@link #times}, {@link #always} or {@link #probability} a fault applies once.
 *
 * @param match which calls, and how often
 * @param effect what happens
 */
public record Fault(FaultMatch match, FaultEffect effect) {

    /**
     * Starts a fault.
     *
     * @param action name of the action, or {@code *} for all
     */
    public static Fault on(String action) {
        return new Fault(new FaultMatch(action, new TreeMap<>(), 0, FaultMatch.UNSET, 1), FaultEffect.NONE);
    }

    /** Only calls with this query parameter, as sent; the value {@code *} stands for any. */
    public Fault where(String parameter, String value) {
        return new Fault(match.withParameter(parameter, value), effect);
    }

    /** Applies to this many calls, then is used up. */
    public Fault times(int calls) {
        return new Fault(match.withTimes(calls), effect);
    }

    /** Applies until it is removed. */
    public Fault always() {
        return new Fault(match.withTimes(FaultMatch.ALWAYS), effect);
    }

    /**
     * Applies to a matching call with this probability, drawn from the simulator's seed; until removed, unless limited.
     */
    public Fault probability(double share) {
        return new Fault(match.withProbability(share), effect);
    }

    /** Lets this many matching calls pass first. */
    public Fault skip(int calls) {
        return new Fault(match.withSkip(calls), effect);
    }

    /**
     * Answers an error and does nothing else.
     *
     * @param code AWS error code
     * @param message its text; {@code ${Name}} stands for the request's parameter Name
     * @param status HTTP status
     */
    public Fault error(String code, String message, int status) {
        return new Fault(match, effect.withError(new FaultEffect.ErrorAnswer(code, message, status)));
    }

    /**
     * Answers that too many calls were made: RequestLimitExceeded, 503; other services than EC2 in their own words.
     */
    public Fault throttle() {
        return answer(FaultEffect.Answer.THROTTLE);
    }

    /**
     * Answers UnauthorizedOperation, 403, once the parameters were found valid; also to dry runs. Other services than EC2
     * in their own words.
     */
    public Fault deny() {
        return answer(FaultEffect.Answer.DENY);
    }

    /** Does what was asked, then drops the connection without a byte of a reply. */
    public Fault loseReply() {
        return answer(FaultEffect.Answer.LOSE_REPLY);
    }

    /** Drops the connection before anything is done. */
    public Fault loseRequest() {
        return answer(FaultEffect.Answer.LOSE_REQUEST);
    }

    /**
     * Answers InternalError, 500; Systems Manager, Step Functions and CloudWatch Logs InternalServerError.
     *
     * @param afterEffect whether what was asked is done all the same
     */
    public Fault serverError(boolean afterEffect) {
        return answer(afterEffect ? FaultEffect.Answer.SERVER_ERROR_AFTER : FaultEffect.Answer.SERVER_ERROR_BEFORE);
    }

    /** CreateImage is accepted and the image ends as failed, with StateReason Server.InternalError and this message. */
    public Fault imageFails(String message) {
        return imageFails("Server.InternalError", message);
    }

    /**
     * CreateImage is accepted and the image ends as failed.
     *
     * @param code code of the StateReason, for example {@code Client.InternalError}
     * @param message its message
     */
    public Fault imageFails(String code, String message) {
        return new Fault(match, effect.withImage(new FaultEffect.ImageFate("failed", code, message)));
    }

    /**
     * CreateImage is accepted and the image ends in this state.
     *
     * @param state an ImageState of the EC2 API, for example {@code invalid}
     */
    public Fault imageState(String state) {
        return new Fault(match, effect.withImage(new FaultEffect.ImageFate(state, null, null)));
    }

    /** CreateImage is accepted and the image takes this long. */
    public Fault slow(Duration imageDuration) {
        return new Fault(match, effect.withImageDuration(imageDuration));
    }

    /** The instance never comes back from the reboot of CreateImage or RebootInstances. */
    public Fault neverBack() {
        return new Fault(match, effect.withNeverBack());
    }

    /**
     * DeregisterImage with DeleteAssociatedSnapshots keeps the snapshots and reports this for each.
     *
     * @param returnCode {@code skipped}, {@code missing-permissions}, {@code internal-error} or {@code client-error}
     */
    public Fault snapshotDeleteResult(String returnCode) {
        return new Fault(match, effect.withSnapshotDeleteResult(returnCode));
    }

    /**
     * SendCommand is accepted, the command never runs, and it ends at once.
     *
     * @param statusDetails how, for example {@code Undeliverable}, {@code Terminated}, {@code DeliveryTimedOut}; written
     *     back as given when it has spaces
     */
    public Fault commandEnds(String statusDetails) {
        return new Fault(match, effect.withCommandEnds(statusDetails));
    }

    /**
     * PutEvents is answered with success, and each of its entries fails.
     *
     * @param errorCode as in the result's entry, for example {@code ThrottlingException}
     * @param message its text
     */
    public Fault entryFails(String errorCode, String message) {
        return new Fault(match, effect.withEntryError(new FaultEffect.EntryError(errorCode, message)));
    }

    private Fault answer(FaultEffect.Answer answer) {
        return new Fault(match, effect.withAnswer(answer));
    }
}
