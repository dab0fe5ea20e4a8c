package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.ec2.SimulatedInstance.Volume;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryRequest;
import io.jenkins.plugins.awsoperations.simulator.wire.ServiceCall;
import io.jenkins.plugins.awsoperations.simulator.wire.XmlBody;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** DescribeInstances. */
final class InstanceListing implements Ec2Action {

    // API reference, DescribeInstances.
    private static final int MIN_PAGE = 5;

    private final Ec2Context context;
    private final Ec2Store store;
    private final ResourceLookup lookup;

    InstanceListing(Ec2Context context) {
        this.context = context;
        this.store = context.store();
        this.lookup = new ResourceLookup(store);
    }

    @Override
    public void run(ServiceCall call) {
        QueryRequest request = call.request();
        List<String> ids = request.list("InstanceId");
        ids.forEach(ResourceIds::checkInstance);
        Page.notWithIds(call, ids, "instancesSet");
        Predicate<SimulatedInstance> filter = Filters.of(request)
                .test(attributes(call), instance -> instance.tags().seenAt(call.horizon()));
        context.permit(call);

        Collection<SimulatedInstance> candidates = ids.isEmpty() ? store.instances() : lookup.seenInstances(call, ids);
        Stream<SimulatedInstance> wanted = candidates.stream()
                .filter(instance -> instance.listed(call.now(), call.horizon()))
                .filter(filter)
                .sorted(Comparator.comparingLong(SimulatedInstance::ordinal));
        Page<SimulatedInstance> page = Page.of(call, MIN_PAGE, wanted, SimulatedInstance::ordinal);
        writeReservations(call, page.items());
        call.reply().optional("nextToken", page.nextToken());
    }

    /** The filters of DescribeInstances (API reference) that mean something here. */
    private Map<String, Function<SimulatedInstance, Collection<String>>> attributes(ServiceCall call) {
        Map<String, Function<SimulatedInstance, Collection<String>>> by = new HashMap<>();
        by.put("instance-id", instance -> List.of(instance.id()));
        by.put(
                "instance-state-name",
                instance ->
                        List.of(instance.seenState(call.now(), call.horizon()).wireName()));
        by.put("image-id", instance -> List.of(instance.spec().imageId()));
        by.put("instance-type", instance -> List.of(instance.spec().instanceType()));
        by.put("root-device-type", instance -> List.of(instance.spec().rootDeviceType()));
        by.put("root-device-name", instance -> List.of(instance.spec().rootDeviceName()));
        by.put("reservation-id", instance -> List.of(instance.reservationId()));
        by.put("availability-zone", instance -> List.of(zone(context)));
        by.put("owner-id", instance -> List.of(context.accountId()));
        by.put("platform", instance -> instance.spec().platform() == null ? List.of() : List.of("windows"));
        by.put(
                "block-device-mapping.device-name",
                instance -> instance.volumes().stream().map(Volume::deviceName).toList());
        by.put(
                "block-device-mapping.volume-id",
                instance -> instance.volumes().stream().map(Volume::volumeId).toList());
        return by;
    }

    private void writeReservations(ServiceCall call, List<SimulatedInstance> instances) {
        XmlBody reply = call.reply().open("reservationSet");
        String open = "";
        for (SimulatedInstance instance : instances) {
            if (!instance.reservationId().equals(open)) {
                closeReservation(reply, open);
                open = instance.reservationId();
                reply.open("item")
                        .text("reservationId", open)
                        .text("ownerId", context.accountId())
                        .open("groupSet")
                        .close("groupSet")
                        .open("instancesSet");
            }
            InstanceState state = instance.seenState(call.now(), call.horizon());
            write(reply, instance, state, instance.tags().seenAt(call.horizon()), context);
        }
        closeReservation(reply, open);
        reply.close("reservationSet");
    }

    private static void closeReservation(XmlBody reply, String open) {
        if (!open.isEmpty()) {
            reply.close("instancesSet").close("item");
        }
    }

    static String zone(Ec2Context context) {
        return context.region() + "a";
    }

    static void write(
            XmlBody xml,
            SimulatedInstance instance,
            InstanceState state,
            Map<String, String> tags,
            Ec2Context context) {
        InstanceSpec spec = instance.spec();
        xml.open("item").text("instanceId", instance.id()).text("imageId", spec.imageId());
        InstanceActions.writeState(xml, "instanceState", state);
        xml.number("amiLaunchIndex", 0)
                .text("instanceType", spec.instanceType())
                .text("launchTime", Ec2Context.time(instance.launchTime()))
                .open("placement")
                .text("availabilityZone", zone(context))
                .text("tenancy", "default")
                .close("placement")
                .optional("platform", spec.platform())
                .open("monitoring")
                .text("state", "disabled")
                .close("monitoring")
                .text("architecture", "x86_64")
                .text("rootDeviceType", spec.rootDeviceType())
                .text("rootDeviceName", spec.rootDeviceName())
                .open("blockDeviceMapping");
        if (state != InstanceState.TERMINATED) {
            instance.volumes().forEach(volume -> writeVolume(xml, volume, instance, spec));
        }
        xml.close("blockDeviceMapping").text("virtualizationType", "hvm").text("hypervisor", "xen");
        TagRules.write(xml, tags);
        xml.text("platformDetails", spec.platform() == null ? "Linux/UNIX" : "Windows")
                .close("item");
    }

    private static void writeVolume(XmlBody xml, Volume volume, SimulatedInstance instance, InstanceSpec spec) {
        xml.open("item")
                .text("deviceName", volume.deviceName())
                .open("ebs")
                .text("volumeId", volume.volumeId())
                .text("status", "attached")
                .text("attachTime", Ec2Context.time(instance.launchTime()))
                .flag("deleteOnTermination", volume.deviceName().equals(spec.rootDeviceName()))
                .close("ebs")
                .close("item");
    }
}
