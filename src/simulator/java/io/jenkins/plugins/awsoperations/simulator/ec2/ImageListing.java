package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.FaultEffect.ImageFate;
import io.jenkins.plugins.awsoperations.simulator.ec2.SimulatedImage.Device;
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
import org.jspecify.annotations.Nullable;

/** DescribeImages: the account's own images; no public image exists here. */
final class ImageListing implements Ec2Action {

    // Amazon EC2 Developer Guide, "Pagination": not more than 1,000 ids in a call.
    private static final int MAX_IDS = 1000;

    private final Ec2Context context;
    private final Ec2Store store;
    private final ResourceLookup lookup;

    ImageListing(Ec2Context context) {
        this.context = context;
        this.store = context.store();
        this.lookup = new ResourceLookup(store);
    }

    @Override
    public void run(ServiceCall call) {
        QueryRequest request = call.request();
        List<String> ids = request.list("ImageId");
        ids.forEach(ResourceIds::checkImage);
        if (ids.size() > MAX_IDS) {
            throw AwsError.invalidValue("The maximum number of image IDs in a single call is " + MAX_IDS);
        }
        Predicate<SimulatedImage> filter = Filters.of(request)
                .test(attributes(call.now()), image -> image.tags().seenAt(call.horizon()));
        boolean withDisabled = request.flag("IncludeDisabled");
        context.permit(call);

        Collection<SimulatedImage> candidates = ids.isEmpty() ? store.images() : lookup.seenImages(call, ids);
        Stream<SimulatedImage> wanted = isOurs(request)
                ? candidates.stream()
                        .filter(image -> image.listed(call.now(), call.horizon()))
                        .filter(image ->
                                withDisabled || !image.state(call.now()).equals("disabled"))
                        .filter(filter)
                        .sorted(Comparator.comparingLong(SimulatedImage::ordinal))
                : Stream.empty();
        Page<SimulatedImage> page = Page.of(call, 1, wanted, SimulatedImage::ordinal);

        XmlBody reply = call.reply().open("imagesSet");
        page.items().forEach(image -> write(reply, image, call));
        reply.close("imagesSet").optional("nextToken", page.nextToken());
    }

    /** Whether images of this account are asked for. */
    private boolean isOurs(QueryRequest request) {
        List<String> owners = request.list("Owner");
        return owners.isEmpty() || owners.contains("self") || owners.contains(context.accountId());
    }

    /** The filters of DescribeImages (API reference) that own images can match. */
    private Map<String, Function<SimulatedImage, Collection<String>>> attributes(Instant now) {
        Map<String, Function<SimulatedImage, Collection<String>>> by = new HashMap<>();
        by.put("image-id", image -> List.of(image.id()));
        by.put("name", image -> List.of(image.source().name()));
        by.put("description", image -> present(image.source().description()));
        by.put("state", image -> List.of(image.state(now)));
        by.put("source-instance-id", image -> present(image.source().instanceId()));
        by.put("source-image-id", image -> present(image.source().sourceImageId()));
        by.put("creation-date", image -> List.of(Ec2Context.time(image.createdAt())));
        by.put("owner-id", image -> List.of(context.accountId()));
        by.put("is-public", image -> List.of("false"));
        by.put("root-device-type", image -> List.of("ebs"));
        by.put("root-device-name", image -> List.of(image.source().rootDeviceName()));
        by.put("architecture", image -> List.of("x86_64"));
        by.put("image-type", image -> List.of("machine"));
        by.put("virtualization-type", image -> List.of("hvm"));
        by.put("platform", image -> present(image.source().platform()));
        by.put(
                "block-device-mapping.device-name",
                image -> image.devices().stream().map(Device::deviceName).toList());
        by.put("block-device-mapping.snapshot-id", SimulatedImage::snapshotIds);
        return by;
    }

    private static Collection<String> present(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }

    private void write(XmlBody xml, SimulatedImage image, ServiceCall call) {
        SimulatedImage.Source source = image.source();
        xml.open("item")
                .text("imageId", image.id())
                .text("imageLocation", context.accountId() + "/" + source.name())
                .text("imageState", image.state(call.now()))
                .text("imageOwnerId", context.accountId())
                .text("creationDate", Ec2Context.time(image.createdAt()))
                .flag("isPublic", false)
                .text("architecture", "x86_64")
                .text("imageType", "machine")
                .optional("platform", source.platform())
                .text("platformDetails", source.platform() == null ? "Linux/UNIX" : "Windows")
                .text("name", source.name())
                .optional("description", source.description())
                .text("rootDeviceType", "ebs")
                .text("rootDeviceName", source.rootDeviceName());
        writeDevices(xml, image.devices());
        xml.text("virtualizationType", "hvm").text("hypervisor", "xen").flag("enaSupport", true);
        TagRules.write(xml, image.tags().seenAt(call.horizon()));
        writeStateReason(xml, image, call.now());
        Instant deprecation = image.deprecationTime();
        xml.optional("deprecationTime", deprecation == null ? null : Ec2Context.time(deprecation))
                .optional("sourceInstanceId", source.instanceId())
                .text("deregistrationProtection", image.protection())
                .optional("sourceImageId", source.sourceImageId())
                .close("item");
    }

    private static void writeDevices(XmlBody xml, List<Device> devices) {
        xml.open("blockDeviceMapping");
        for (Device device : devices) {
            xml.open("item")
                    .text("deviceName", device.deviceName())
                    .open("ebs")
                    .text("snapshotId", device.snapshotId())
                    .number("volumeSize", device.sizeGiB())
                    .flag("deleteOnTermination", device.deleteOnTermination())
                    .text("volumeType", "gp3")
                    .flag("encrypted", false)
                    .close("ebs")
                    .close("item");
        }
        xml.close("blockDeviceMapping");
    }

    private static void writeStateReason(XmlBody xml, SimulatedImage image, Instant now) {
        ImageFate fate = image.fate();
        if (fate.reasonCode() != null && !now.isBefore(image.settlesAt())) {
            xml.open("stateReason")
                    .text("code", fate.reasonCode())
                    .optional("message", fate.reasonMessage())
                    .close("stateReason");
        }
    }
}
