package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.BatchedReads.Reading;
import io.jenkins.plugins.awsoperations.backup.RotationDecision.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Tells what a run would do to one instance, and has EC2 check the permissions (DryRun). Writes nothing, takes no lock. */
final class DryRunPhase {

    private static final Duration SOON = Duration.ofMillis(200);

    private DryRunPhase() {}

    static void advance(InstanceBackup i, Turn turn) {
        if (i.inventoryAt == null) {
            i.startedAt = turn.now();
            ImageCalls.Order order = CreatePhase.order(i, turn);
            i.imageName = order.name();
            Optional<AwsCallException> refusal = turn.images.refusalToCreate(order);
            if (refusal.isPresent()) {
                turn.fail(i, refusal.get().failure());
                return;
            }
            turn.log(i, "would make " + order.name() + (turn.request.reboot() ? ", with a reboot" : ""));
            i.inventoryAt = turn.reads().inventory.round(turn.now());
            i.notBefore = i.inventoryAt;
            turn.reads().inventory.watch(List.of(i.instanceId), i.inventoryAt, turn.now());
            return;
        }
        Optional<Reading<List<BackupImage>>> inventory = turn.reads()
                .inventory
                .read(i.instanceId, Objects.requireNonNull(i.inventoryAt), turn.now(), turn.images::ofInstances);
        if (inventory.isEmpty()) {
            i.notBefore = turn.now().plus(SOON);
            return;
        }
        List<BackupImage> found = inventory.map(Reading::value).orElse(List.of());
        rotation(i, turn, found);
    }

    private static void rotation(InstanceBackup i, Turn turn, List<BackupImage> found) {
        List<BackupImage> images = new ArrayList<>(found);
        images.add(imagined(i, turn));
        List<RotationDecision> decisions =
                RotationPlan.decide(i.instanceId, images, turn.request.rotationRules(), Map.of(), turn.now());
        List<String> candidates = decisions.stream()
                .filter(d -> d.action() == Action.DELETE)
                .map(RotationDecision::imageId)
                .toList();
        Map<String, String> users = new TreeMap<>();
        for (int from = 0; from < candidates.size(); from += 10) {
            users.putAll(turn.images.references(candidates.subList(from, Math.min(candidates.size(), from + 10))));
        }
        List<RotationDecision> checked =
                RotationPlan.decide(i.instanceId, images, turn.request.rotationRules(), users, turn.now());
        Optional<AwsCallException> refusal = checked.stream()
                .filter(d -> d.action() == Action.DELETE)
                .findFirst()
                .flatMap(d -> turn.images.refusalToDelete(d.imageId()));
        for (RotationDecision decision : checked) {
            turn.log(i, "would " + decision.describe());
            (decision.action() == Action.DELETE ? i.deleted : i.kept).add(decision.imageId());
        }
        if (refusal.isPresent()) {
            turn.fail(i, refusal.get().failure());
        } else {
            turn.done(i);
        }
    }

    private static BackupImage imagined(InstanceBackup i, Turn turn) {
        return new BackupImage(
                "(new image)",
                String.valueOf(i.imageName),
                "available",
                "",
                turn.now(),
                i.instanceId,
                ImageTags.forImage(turn.request, turn.state.run, i.instanceId, i.instanceTags, turn.now())
                        .tags(),
                List.of(),
                false);
    }
}
