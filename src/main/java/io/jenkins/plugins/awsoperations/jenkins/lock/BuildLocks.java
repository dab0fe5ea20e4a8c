package io.jenkins.plugins.awsoperations.jenkins.lock;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.awsoperations.operation.ExclusiveAccess;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jenkins.plugins.lockableresources.LockableResource;
import org.jenkins.plugins.lockableresources.LockableResourcesManager;

/**
 * The locks of one build, as lockable resources: visible on their page, and shared with {@code lock} steps and with what
 * people reserve. Among our own steps it is first come, first served.
 *
 * <p>A lockable resource belongs to a build, not to a step. Which step of the build has it is said by {@link LockQueues}, and
 * after a restart by the claim's id in the reason. The reason alone never proves anything, because people may change it.
 */
public final class BuildLocks implements ExclusiveAccess {

    /** How every reason of ours begins. */
    private static final String OURS = "AWS Operations: ";

    private final LockQueues queues;
    private final Run<?, ?> run;
    private final BooleanSupplier insideOfLock;

    /**
     * @param insideOfLock whether what the build has locked by other means may stay locked for as long as this step waits;
     *     otherwise another branch of the build gives it back
     */
    public BuildLocks(LockQueues queues, Run<?, ?> run, BooleanSupplier insideOfLock) {
        this.queues = queues;
        this.run = run;
        this.insideOfLock = insideOfLock;
    }

    @Override
    public Answer tryAcquire(String name, Claim claim, Runnable onTurn) {
        LockQueues.Place place = queues.join(name, claim, onTurn);
        if (!place.first()) {
            return new Answer.Waiting(place.before().holder(), place.ahead(), true);
        }
        Answer answer = tryLock(name, claim);
        if (answer instanceof Answer.Granted) {
            queues.holds(name, claim);
        } else if (answer instanceof Answer.Refused) {
            wake(queues.leave(name, claim));
        } else {
            // Whoever had it and lost it waits again, at the place that it had.
            queues.lost(name, claim);
            queues.join(name, claim, onTurn);
        }
        return answer;
    }

    private Answer tryLock(String name, Claim claim) {
        LockableResourcesManager manager = LockableResourcesManager.get();
        synchronized (LockableResourcesManager.syncResources) {
            // Else it would be locked for ever: who frees the locks of a build did so when it ended.
            if (!run.isBuilding()) {
                return refused(FailureKind.CANCELLED, "the build has ended", "Run it again.");
            }
            LockableResource resource = find(name);
            if (resource == null) {
                manager.createResource(name);
                resource = find(name);
            }
            if (resource == null) {
                return refused(
                        FailureKind.CONFIGURATION,
                        "the lockable resource '" + name + "' does not exist, and ephemeral resources are not allowed",
                        "Allow ephemeral resources under Manage Jenkins, System, Lockable Resources, or declare this one"
                                + " there.");
            }
            if (resource.isFree()) {
                return manager.lock(List.of(resource), run, reason(claim))
                        ? new Answer.Granted()
                        : new Answer.Waiting("a build that has just begun", 0, false);
            }
            return run.equals(resource.getBuild()) && !resource.isReserved()
                    ? heldByThisBuild(resource, claim)
                    : new Answer.Waiting(holder(resource), 0, isOurs(resource));
        }
    }

    private Answer heldByThisBuild(LockableResource resource, Claim claim) {
        if (queues.isHeldBy(resource.getName(), claim) || names(resource, claim.id())) {
            return new Answer.Granted();
        }
        if (isOurs(resource)) {
            // Another step of this build, which has not asked yet after a restart.
            return new Answer.Waiting(holder(resource), 0, true);
        }
        if (!insideOfLock.getAsBoolean()) {
            return new Answer.Waiting("another branch of " + holder(resource), 0, false);
        }
        return refused(
                FailureKind.CONFIGURATION,
                "this build itself has locked '" + resource.getName()
                        + "' by other means, so this step would wait for ever",
                "Take the step out of lock('" + resource.getName() + "') { }, or the resource out of the job's required"
                        + " resources: the step locks it by itself.");
    }

    @Override
    public boolean holds(String name, Claim claim) {
        boolean held;
        synchronized (LockableResourcesManager.syncResources) {
            LockableResource resource = find(name);
            held = isHeldBy(resource, claim)
                    // Asked by who has had it: after a restart, with a reason that somebody erased.
                    || isLockedByThisBuild(resource)
                            && Util.fixEmpty(resource.getLockReason()) == null
                            && !queues.isHeld(name);
        }
        if (held) {
            queues.holds(name, claim);
        } else {
            queues.lost(name, claim);
        }
        return held;
    }

    @Override
    public void release(String name, Claim claim) {
        boolean held;
        synchronized (LockableResourcesManager.syncResources) {
            // Only what this very step has: a lock step of the same build may have the resource, and gives no reason.
            held = isHeldBy(find(name), claim);
        }
        if (held) {
            // Starts the bodies of others' lock steps: no monitor of ours may be held.
            LockableResourcesManager.get().unlockNames(List.of(name), run);
        }
        wake(queues.leave(name, claim));
    }

    private boolean isHeldBy(@CheckForNull LockableResource resource, Claim claim) {
        return isLockedByThisBuild(resource)
                && (queues.isHeldBy(resource.getName(), claim) || names(resource, claim.id()));
    }

    private boolean isLockedByThisBuild(@CheckForNull LockableResource resource) {
        return resource != null && !resource.isReserved() && run.equals(resource.getBuild());
    }

    /**
     * Gives back whatever one step has or waits for, however it ended.
     *
     * @param token the token of the step's run identity, with which the ids of its claims begin
     */
    public void releaseAll(String token) {
        String prefix = token + "/";
        for (Map.Entry<String, Claim> claim : queues.claims(prefix).entrySet()) {
            release(claim.getKey(), claim.getValue());
        }
        List<String> left = new ArrayList<>();
        synchronized (LockableResourcesManager.syncResources) {
            for (LockableResource resource : LockableResourcesManager.get().getResources()) {
                if (run.equals(resource.getBuild()) && !resource.isReserved() && names(resource, prefix)) {
                    left.add(resource.getName());
                }
            }
        }
        if (!left.isEmpty()) {
            LockableResourcesManager.get().unlockNames(left, run);
        }
    }

    @CheckForNull
    private static LockableResource find(String name) {
        for (LockableResource resource : LockableResourcesManager.get().getResources()) {
            if (name.equals(resource.getName())) {
                return resource;
            }
        }
        return null;
    }

    private static String reason(Claim claim) {
        return OURS + claim.holder() + " [" + claim.id() + "]";
    }

    private static boolean isOurs(LockableResource resource) {
        String reason = resource.getLockReason();
        return reason != null && reason.startsWith(OURS);
    }

    private static boolean names(LockableResource resource, String claimId) {
        return isOurs(resource) && resource.getLockReason().contains("[" + claimId);
    }

    private static String holder(LockableResource resource) {
        if (resource.isReserved()) {
            return String.valueOf(resource.getReservedBy());
        }
        Run<?, ?> build = resource.getBuild();
        if (build != null) {
            return build.getParent().getFullName() + " #" + build.getNumber();
        }
        if (resource.isLocked()) {
            return String.valueOf(resource.getBuildName());
        }
        return resource.isQueued() ? String.valueOf(resource.getQueueItemProject()) : "somebody";
    }

    private static Answer refused(FailureKind kind, String message, String remedy) {
        return new Answer.Refused(OperationFailure.of(kind, message, remedy));
    }

    private static void wake(@CheckForNull Runnable next) {
        if (next != null) {
            next.run();
        }
    }
}
