package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.FaultEffect;
import io.jenkins.plugins.awsoperations.simulator.FaultEffect.ImageFate;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import io.jenkins.plugins.awsoperations.simulator.ec2.SimulatedImage.Device;
import io.jenkins.plugins.awsoperations.simulator.ec2.SimulatedInstance.Boot;
import io.jenkins.plugins.awsoperations.simulator.ec2.SimulatedInstance.Volume;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.ServiceCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** CreateImage: one image with a snapshot of each volume, of a running or stopped EBS-backed instance. */
final class ImageCreation implements Ec2Action {

    // Verbatim from the log of a real run in which two jobs backed up one instance.
    private static final String IN_PROGRESS = "Another CreateImage operation is in progress on this instance. While"
            + " the instance is rebooting during this operation, only one CreateImage operation can be in progress."
            + " Wait until the instance has rebooted, and then try again";

    // "Error codes for the Amazon EC2 API".
    private static final String NO_REBOOT_LIMIT = "The maximum number of concurrent CreateImage requests for the"
            + " instance has been reached. Wait for the current CreateImage requests to complete, and then retry your"
            + " request.";

    private final Ec2Context context;
    private final Ec2Store store;
    private final ResourceLookup lookup;

    ImageCreation(Ec2Context context) {
        this.context = context;
        this.store = context.store();
        this.lookup = new ResourceLookup(store);
    }

    @Override
    public void run(ServiceCall call) {
        ImageRequest request = ImageRequest.of(call.request());
        context.permit(call, context.instanceArn(request.instanceId()));
        SimulatedInstance instance = lookup.instance(call, request.instanceId());
        checkInstance(call, instance);
        // In this order: in the log of the real run a taken name was reported before the operation in progress.
        checkName(call, request.name());
        checkConcurrency(call, instance, request);
        List<Volume> volumes = request.volumesOf(instance);
        checkSnapshotLimit(call, volumes);

        SimulatedImage image = create(call, instance, request, volumes);
        occupy(call, instance, request);
        call.resource(image.id());
        call.reply().text("imageId", image.id());
    }

    private static void checkInstance(ServiceCall call, SimulatedInstance instance) {
        InstanceState state = instance.state(call.now());
        if (state != InstanceState.RUNNING && state != InstanceState.STOPPED) {
            throw AwsError.badRequest(
                    "IncorrectInstanceState",
                    "Instance '" + instance.id() + "' is in state '" + state.wireName()
                            + "'. It must be in state 'running' or 'stopped'.");
        }
        if (!instance.spec().rootDeviceType().equals("ebs")) {
            throw AwsError.invalidValue("Instance '" + instance.id()
                    + "' does not have an EBS root device. CreateImage is for EBS-backed instances only.");
        }
    }

    /**
     * Names are unique per account and Region, and stay taken for a while ("Error codes", InvalidAMIName.Duplicate).
     */
    private void checkName(ServiceCall call, String name) {
        SimulatedImage holder = store.imageNamed(name);
        if (holder != null
                && (holder.isRegistered()
                        || call.now()
                                .isBefore(holder.deregisteredAt()
                                        .plus(call.settings().nameReservation())))) {
            throw AwsError.badRequest(
                    "InvalidAMIName.Duplicate", "AMI name " + name + " is already in use by AMI " + holder.id());
        }
    }

    private static void checkConcurrency(ServiceCall call, SimulatedInstance instance, ImageRequest request) {
        if (instance.isRebootingForImage(call.now())) {
            throw AwsError.badRequest("InvalidRequest", IN_PROGRESS);
        }
        Instant since = call.now().minus(call.settings().noRebootExclusive());
        if (request.noReboot()
                && instance.noRebootImagesSince(since) >= call.settings().concurrentNoRebootLimit()) {
            throw AwsError.badRequest("ConcurrentCreateImageNoRebootLimitExceeded", NO_REBOOT_LIMIT);
        }
    }

    private void checkSnapshotLimit(ServiceCall call, List<Volume> volumes) {
        for (Volume volume : volumes) {
            if (store.unfinishedSnapshots(volume.volumeId(), call.now())
                    >= call.settings().snapshotConcurrencyPerVolume()) {
                throw AwsError.badRequest(
                        "ConcurrentSnapshotLimitExceeded",
                        "Maximum allowed in-progress snapshots for a single volume exceeded.");
            }
        }
    }

    private SimulatedImage create(
            ServiceCall call, SimulatedInstance instance, ImageRequest request, List<Volume> volumes) {
        String imageId = store.ids().next("ami");
        Instant now = call.now();
        Instant settlesAt = now.plus(duration(call, imageId));
        ImageFate planned = call.effect().image();
        ImageFate fate = planned == null ? SimulatedImage.AVAILABLE : planned;
        boolean snapshotsFail = fate.state().equals("failed") || fate.state().equals("error");

        List<Device> devices = new ArrayList<>();
        for (Volume volume : volumes) {
            SimulatedSnapshot snapshot = new SimulatedSnapshot(
                    store.ids().next("snap"),
                    store.nextOrdinal(),
                    now,
                    volume.volumeId(),
                    volume.sizeGiB(),
                    "Created by CreateImage(" + instance.id() + ") for " + imageId,
                    now,
                    settlesAt,
                    snapshotsFail,
                    request.tags("snapshot"));
            snapshot.usedBy(imageId);
            store.add(snapshot);
            devices.add(new Device(
                    volume.deviceName(),
                    snapshot.id(),
                    volume.sizeGiB(),
                    request.deleteOnTermination(volume.deviceName())));
        }
        SimulatedImage.Source source = new SimulatedImage.Source(
                request.name(),
                request.description(),
                instance.id(),
                instance.spec().imageId(),
                instance.spec().platform(),
                instance.spec().rootDeviceName());
        Map<String, String> tags = request.tags("image");
        SimulatedImage image =
                new SimulatedImage(imageId, store.nextOrdinal(), now, source, now, settlesAt, fate, devices, tags);
        store.add(image);
        return image;
    }

    private Duration duration(ServiceCall call, String imageId) {
        Duration planned = call.effect().imageDuration();
        if (planned != null) {
            return planned;
        }
        SimulatorSettings settings = call.settings();
        long millis = store.ids()
                .drawnFor(
                        imageId,
                        settings.imageDurationMin().toMillis(),
                        settings.imageDurationMax().toMillis());
        return Duration.ofMillis(millis);
    }

    private void occupy(ServiceCall call, SimulatedInstance instance, ImageRequest request) {
        if (request.noReboot()) {
            instance.noRebootImageAt(call.now());
        } else if (instance.state(call.now()) == InstanceState.RUNNING) {
            instance.rebootsForImageUntil(backAt(call));
            instance.boot(reboot(call.now(), call.settings(), call.effect()));
            store.hosts().reboots(instance, call.now(), backAt(call));
        }
    }

    /** When an instance is back from the reboot that a call asks for. */
    static Instant backAt(ServiceCall call) {
        return call.effect().neverBack()
                ? Instant.MAX
                : call.now().plus(call.settings().rebootDuration());
    }

    /** A reboot that was asked for now, with its status checks. */
    static Boot reboot(Instant now, SimulatorSettings settings, FaultEffect effect) {
        Instant checkedAt = now.plus(settings.rebootDuration()).plus(settings.statusCheckDuration());
        return new Boot(now, checkedAt, effect.neverBack());
    }
}
