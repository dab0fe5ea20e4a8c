package io.jenkins.plugins.awsoperations.simulator.ec2;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** An instance: its changes of state, its reboots and its recent images. */
final class SimulatedInstance extends Resource {

    /** How many changes are kept for Describe calls that do not see the latest ones yet. */
    private static final int SEEN_LATE = 4;

    private final String reservationId;
    private final InstanceSpec spec;
    private final Instant launchTime;
    private final List<Volume> volumes;
    private final Deque<StateChange> changes = new ArrayDeque<>();
    private final Deque<Boot> boots = new ArrayDeque<>();
    private final List<Instant> noRebootImages = new ArrayList<>();
    private Instant imageRebootEnds = Instant.MIN;
    private Instant downUntil = Instant.MIN;

    SimulatedInstance(
            String id,
            long ordinal,
            Instant writtenAt,
            String reservationId,
            InstanceSpec spec,
            Instant launchTime,
            List<Volume> volumes,
            Map<String, String> tags) {
        super(id, ordinal, writtenAt, tags);
        this.reservationId = reservationId;
        this.spec = spec;
        this.launchTime = launchTime;
        this.volumes = List.copyOf(volumes);
    }

    @Override
    String type() {
        return "instance";
    }

    String reservationId() {
        return reservationId;
    }

    InstanceSpec spec() {
        return spec;
    }

    Instant launchTime() {
        return launchTime;
    }

    List<Volume> volumes() {
        return volumes;
    }

    /** Enters a state that settles by itself at {@code settlesAt}. */
    void change(InstanceState state, Instant at, Instant settlesAt, Duration remembered) {
        changes.addLast(new StateChange(at, state, settlesAt, settlesAt.plus(remembered)));
        if (changes.size() > SEEN_LATE) {
            changes.removeFirst();
        }
    }

    /** Is in a state for good, as if it had always been. */
    void settle(InstanceState state, Instant forgottenAt) {
        changes.clear();
        changes.add(new StateChange(Instant.MIN, state, Instant.MIN, forgottenAt));
    }

    InstanceState state(Instant now) {
        return changes.getLast().stateAt(now);
    }

    /** The state that Describe calls see. */
    InstanceState seenState(Instant now, Instant horizon) {
        return seenChange(horizon).stateAt(now);
    }

    private StateChange seenChange(Instant horizon) {
        StateChange seen = changes.getFirst();
        for (StateChange change : changes) {
            if (!change.at.isAfter(horizon)) {
                seen = change;
            }
        }
        return seen;
    }

    @Override
    boolean listed(Instant now, Instant horizon) {
        return seenAt(horizon) && !forgotten(now);
    }

    /** Whether the instance was terminated so long ago that EC2 no longer knows it. */
    boolean forgotten(Instant now) {
        StateChange last = changes.getLast();
        return last.stateAt(now) == InstanceState.TERMINATED && !now.isBefore(last.forgottenAt);
    }

    /** The status checks of a boot follow; a later boot ends one that never came back. */
    void boot(Boot boot) {
        boots.addLast(boot);
        if (boots.size() > SEEN_LATE) {
            boots.removeFirst();
        }
    }

    /** The status checks that Describe calls see. */
    String seenStatus(Instant now, Instant horizon) {
        Boot seen = null;
        for (Boot boot : boots) {
            if (!boot.at.isAfter(horizon)) {
                seen = boot;
            }
        }
        if (seen == null || !now.isBefore(seen.checkedAt)) {
            return seen != null && seen.failed ? "impaired" : "ok";
        }
        return "initializing";
    }

    boolean isRebootingForImage(Instant now) {
        return now.isBefore(imageRebootEnds);
    }

    /** The instance reboots for CreateImage until then; {@link Instant#MAX} when it does not come back. */
    void rebootsForImageUntil(Instant end) {
        imageRebootEnds = end;
    }

    /** Nothing runs on the instance until then, because it reboots; {@link Instant#MIN} when it does not. */
    void downUntil(Instant end) {
        downUntil = end;
    }

    Instant downUntil() {
        return downUntil;
    }

    int noRebootImagesSince(Instant since) {
        noRebootImages.removeIf(at -> !at.isAfter(since));
        return noRebootImages.size();
    }

    void noRebootImageAt(Instant at) {
        noRebootImages.add(at);
    }

    /**
     * An attached EBS volume.
     *
     * @param sizeGiB size in GiB
     */
    record Volume(String deviceName, String volumeId, int sizeGiB) {}

    /**
     * A reboot or launch.
     *
     * @param at when it was asked for
     * @param checkedAt when the status checks have their result
     * @param failed whether the instance did not come back
     */
    record Boot(Instant at, Instant checkedAt, boolean failed) {}

    private record StateChange(Instant at, InstanceState state, Instant settlesAt, Instant forgottenAt) {

        InstanceState stateAt(Instant now) {
            return now.isBefore(settlesAt) ? state : state.settled();
        }
    }
}
