package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.AwsConsole;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.IfNoInstances;
import io.jenkins.plugins.awsoperations.backup.BackupRequest.OnPartialFailure;
import io.jenkins.plugins.awsoperations.backup.InstanceBackup.Phase;
import io.jenkins.plugins.awsoperations.backup.InstanceResult.State;
import io.jenkins.plugins.awsoperations.operation.Durations;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import io.jenkins.plugins.awsoperations.operation.Progress;
import io.jenkins.plugins.awsoperations.operation.Progress.Failed;
import io.jenkins.plugins.awsoperations.operation.Progress.Succeeded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a run ends, and what is said of it. */
final class BackupSummary {

    private BackupSummary() {}

    /** The short phrase while it runs. */
    static String status(BackupState state) {
        if (!state.located) {
            return "looking for instances";
        }
        long ended = state.instances.stream().filter(InstanceBackup::ended).count();
        List<String> parts = new ArrayList<>();
        parts.add(ended + " of " + state.instances.size() + " instances done");
        part(parts, state, Phase.PENDING, "images pending");
        part(parts, state, Phase.WAITING_FOR_LOCK, "waiting for another backup");
        part(parts, state, Phase.CREATING, "being accepted");
        part(parts, state, Phase.ROTATING, "rotating");
        return String.join(", ", parts);
    }

    private static void part(List<String> parts, BackupState state, Phase phase, String text) {
        long count = state.instances.stream().filter(i -> i.phase == phase).count();
        if (count > 0) {
            parts.add(count + " " + text);
        }
    }

    static BackupResult result(BackupState state, @Nullable String unstableReason) {
        return new BackupResult(
                state.request.plan(),
                state.instances.stream()
                        .map(i -> new InstanceResult(i, stateOf(i, state)))
                        .toList(),
                unstableReason);
    }

    private static State stateOf(InstanceBackup i, BackupState state) {
        return switch (i.phase) {
            case FAILED -> State.FAILED;
            case SKIPPED -> State.SKIPPED;
            case DONE ->
                state.request.dryRun()
                        ? State.PLANNED
                        : i.shared ? State.SHARED : "available".equals(i.imageEnd) ? State.AVAILABLE : State.PENDING;
            default -> State.CANCELLED;
        };
    }

    static Progress<BackupState, BackupResult> noInstances(Turn turn) {
        BackupState state = turn.state;
        OperationFailure failure = new Targets(turn.request, turn.aws).noInstances();
        if (turn.request.ifNoInstances() == IfNoInstances.FAIL) {
            return new Failed<>(state, failure, result(state, null), null);
        }
        turn.log(failure.message());
        return new Succeeded<>(
                state,
                result(state, turn.request.ifNoInstances() == IfNoInstances.UNSTABLE ? failure.message() : null));
    }

    static Progress<BackupState, BackupResult> end(Turn turn) {
        BackupState state = turn.state;
        BackupResult result = result(state, null);
        sayResult(turn, result);
        List<InstanceBackup> failed =
                state.instances.stream().filter(i -> i.phase == Phase.FAILED).toList();
        if (failed.isEmpty()) {
            return new Succeeded<>(state, result);
        }
        OperationFailure failure = failureOf(failed, state);
        boolean partial = failed.size() < state.instances.size();
        if (partial && turn.request.onPartialFailure() == OnPartialFailure.UNSTABLE) {
            return new Succeeded<>(state, result(state, failure.describe()));
        }
        return new Failed<>(state, failure, result, null);
    }

    /** Not CONFIGURATION, which says that nothing was done: when AWS refuses a request, others may have succeeded. */
    private static OperationFailure failureOf(List<InstanceBackup> failed, BackupState state) {
        OperationFailure failure = joined(failed, state);
        return failure.kind() == FailureKind.CONFIGURATION ? failure.withKind(FailureKind.REMOTE_FAILED) : failure;
    }

    private static OperationFailure joined(List<InstanceBackup> failed, BackupState state) {
        OperationFailure first = Objects.requireNonNull(failed.get(0).failure);
        if (failed.size() == 1) {
            return first.withMessage(failed.get(0).display() + ": " + first.message());
        }
        boolean sameKind =
                failed.stream().allMatch(i -> Objects.requireNonNull(i.failure).kind() == first.kind());
        String each = failed.stream().limit(5).map(BackupSummary::inShort).collect(Collectors.joining("; "));
        return OperationFailure.of(
                sameKind ? first.kind() : FailureKind.REMOTE_FAILED,
                failed.size() + " of " + state.instances.size() + " instances failed: " + each
                        + (failed.size() > 5 ? "; and " + (failed.size() - 5) + " more" : ""),
                "The log and the result say of each what to do.");
    }

    private static String inShort(InstanceBackup instance) {
        OperationFailure failure = Objects.requireNonNull(instance.failure);
        String code = failure.awsCode() == null ? "" : " (" + failure.awsCode() + ")";
        return instance.display() + ": " + failure.message() + code;
    }

    private static void sayResult(Turn turn, BackupResult result) {
        Instant startedAt = Objects.requireNonNull(turn.state.startedAt);
        String elapsed = Durations.text(Duration.between(startedAt, turn.now()));
        if (turn.request.dryRun()) {
            turn.log("dry run of plan " + result.plan() + ": " + result.count(State.PLANNED) + " images would be made, "
                    + result.instances().stream()
                            .mapToInt(i -> i.deleted().size())
                            .sum()
                    + " deleted; nothing was written");
            return;
        }
        turn.log("plan " + result.plan() + ": " + result.created() + " created, "
                + (result.count(State.SHARED) > 0 ? result.count(State.SHARED) + " shared, " : "")
                + (result.count(State.SKIPPED) > 0 ? result.count(State.SKIPPED) + " skipped, " : "")
                + result.deleted() + " deleted, " + result.failed() + " failed, in " + elapsed);
        if (result.created() > 0) {
            turn.log("console: " + AwsConsole.imagesWithTag(turn.aws.region(), ImageTags.plan(result.plan())));
        }
    }
}
