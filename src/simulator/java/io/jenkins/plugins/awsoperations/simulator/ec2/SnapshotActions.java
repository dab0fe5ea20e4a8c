package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryRequest;
import io.jenkins.plugins.awsoperations.simulator.wire.ServiceCall;
import io.jenkins.plugins.awsoperations.simulator.wire.XmlBody;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** DescribeSnapshots and DeleteSnapshot. */
final class SnapshotActions {

    private static final int MIN_PAGE = 5;

    private final Ec2Context context;
    private final Ec2Store store;
    private final ResourceLookup lookup;

    SnapshotActions(Ec2Context context) {
        this.context = context;
        this.store = context.store();
        this.lookup = new ResourceLookup(store);
    }

    void describe(ServiceCall call) {
        QueryRequest request = call.request();
        List<String> ids = request.list("SnapshotId");
        ids.forEach(ResourceIds::checkSnapshot);
        List<String> owners = request.list("Owner");
        Predicate<SimulatedSnapshot> filter = Filters.of(request)
                .test(attributes(call.now()), snapshot -> snapshot.tags().seenAt(call.horizon()));
        context.permit(call);

        boolean ours = owners.isEmpty() || owners.contains("self") || owners.contains(context.accountId());
        Collection<SimulatedSnapshot> candidates = ids.isEmpty() ? store.snapshots() : lookup.seenSnapshots(call, ids);
        Stream<SimulatedSnapshot> wanted = ours
                ? candidates.stream()
                        .filter(snapshot -> snapshot.listed(call.now(), call.horizon()))
                        .filter(filter)
                        .sorted(Comparator.comparingLong(SimulatedSnapshot::ordinal))
                : Stream.empty();
        Page<SimulatedSnapshot> page = Page.of(call, MIN_PAGE, wanted, SimulatedSnapshot::ordinal);

        XmlBody reply = call.reply().open("snapshotSet");
        page.items().forEach(snapshot -> write(reply, snapshot, call));
        reply.close("snapshotSet").optional("nextToken", page.nextToken());
    }

    /** The filters of DescribeSnapshots (API reference) that own snapshots can match. */
    private Map<String, Function<SimulatedSnapshot, Collection<String>>> attributes(Instant now) {
        Map<String, Function<SimulatedSnapshot, Collection<String>>> by = new HashMap<>();
        by.put("snapshot-id", snapshot -> List.of(snapshot.id()));
        by.put("status", snapshot -> List.of(snapshot.state(now)));
        by.put("volume-id", snapshot -> List.of(snapshot.volumeId()));
        by.put("volume-size", snapshot -> List.of(Integer.toString(snapshot.sizeGiB())));
        by.put("description", snapshot -> List.of(snapshot.description()));
        by.put("owner-id", snapshot -> List.of(context.accountId()));
        by.put("encrypted", snapshot -> List.of("false"));
        by.put("progress", snapshot -> List.of(snapshot.progress(now) + "%"));
        by.put("start-time", snapshot -> List.of(Ec2Context.time(snapshot.startedAt())));
        return by;
    }

    private void write(XmlBody xml, SimulatedSnapshot snapshot, ServiceCall call) {
        String state = snapshot.state(call.now());
        xml.open("item")
                .text("snapshotId", snapshot.id())
                .text("volumeId", snapshot.volumeId())
                .text("status", state)
                .text("startTime", Ec2Context.time(snapshot.startedAt()))
                .optional("completionTime", state.equals("completed") ? Ec2Context.time(snapshot.settlesAt()) : null)
                .text("progress", snapshot.progress(call.now()) + "%")
                .text("ownerId", context.accountId())
                .number("volumeSize", snapshot.sizeGiB())
                .text("description", snapshot.description())
                .flag("encrypted", false)
                .text("storageTier", "standard");
        TagRules.write(xml, snapshot.tags().seenAt(call.horizon()));
        xml.close("item");
    }

    void delete(ServiceCall call) {
        String id = call.request().required("SnapshotId");
        ResourceIds.checkSnapshot(id);
        context.permit(call, context.arn("snapshot", id));
        SimulatedSnapshot snapshot = lookup.snapshot(call, id);
        // The deregistration of its image takes as long to be seen here as everywhere ("Eventual consistency").
        String imageId = store.userOf(snapshot, call.horizon(), null);
        if (imageId != null && protects(imageId, id)) {
            throw AwsError.badRequest(
                    "InvalidSnapshot.InUse", "The snapshot " + id + " is currently in use by " + imageId);
        }
        store.delete(snapshot, call.now());
        call.resource(id);
        call.reply().flag("return", true);
    }

    /**
     * Whether an image keeps a snapshot from being deleted: EC2 protects "the snapshot of the root device of an EBS volume used by
     * a registered AMI" (API reference of DeleteSnapshot), those of other volumes it deletes.
     */
    private boolean protects(String imageId, String snapshotId) {
        SimulatedImage image = store.image(imageId);
        return image == null
                || image.devices().stream()
                        .filter(device -> device.snapshotId().equals(snapshotId))
                        .allMatch(device ->
                                device.deviceName().equals(image.source().rootDeviceName()));
    }
}
