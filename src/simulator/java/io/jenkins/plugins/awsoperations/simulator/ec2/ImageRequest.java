package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.ec2.SimulatedInstance.Volume;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters of a CreateImage call, valid in themselves. Source of the rules: API reference, CreateImage. */
record ImageRequest(
        String instanceId,
        String name,
        @Nullable String description,
        boolean noReboot,
        Map<String, DeviceChange> devices,
        Map<String, Map<String, String>> tagsByType) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9()\\[\\] ./'@_-]{3,128}");
    private static final int MAX_DESCRIPTION = 255;

    static ImageRequest of(QueryRequest request) {
        String instanceId = request.required("InstanceId");
        String name = request.required("Name");
        ResourceIds.checkInstance(instanceId);
        if (!NAME.matcher(name).matches()) {
            throw AwsError.badRequest(
                    "InvalidAMIName.Malformed",
                    "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')',"
                            + " '.', '-', '/' and '_'");
        }
        String description = request.optional("Description");
        if (description != null && description.codePointCount(0, description.length()) > MAX_DESCRIPTION) {
            throw AwsError.invalidValue("Description exceeds the maximum length of 255 characters");
        }
        return new ImageRequest(
                instanceId,
                name,
                description,
                request.flag("NoReboot"),
                devices(request),
                TagRules.readSpecifications(request, List.of("image", "snapshot")));
    }

    private static Map<String, DeviceChange> devices(QueryRequest request) {
        Map<String, DeviceChange> devices = new HashMap<>();
        for (String member : request.members("BlockDeviceMapping")) {
            String deviceName = request.required(member + ".DeviceName");
            // Sent with an empty value: its presence says that the device is left out.
            boolean excluded = request.optional(member + ".NoDevice") != null;
            String ebs = member + ".Ebs.";
            for (String parameter : request.parameters().keySet()) {
                if (parameter.startsWith(ebs) && !parameter.equals(ebs + "DeleteOnTermination")) {
                    throw AwsError.invalidValue("The only option that can be changed for existing mappings is"
                            + " DeleteOnTermination, not " + parameter.substring(ebs.length()));
                }
            }
            String kept = request.optional(ebs + "DeleteOnTermination");
            devices.put(deviceName, new DeviceChange(excluded, !"false".equals(kept)));
        }
        return devices;
    }

    Map<String, String> tags(String resourceType) {
        return tagsByType.getOrDefault(resourceType, Map.of());
    }

    boolean deleteOnTermination(String deviceName) {
        DeviceChange change = devices.get(deviceName);
        return change == null || change.deleteOnTermination();
    }

    /** The volumes that become part of the image. */
    List<Volume> volumesOf(SimulatedInstance instance) {
        for (String deviceName : devices.keySet()) {
            if (instance.volumes().stream()
                    .noneMatch(volume -> volume.deviceName().equals(deviceName))) {
                throw AwsError.badRequest(
                        "InvalidBlockDeviceMapping", "The instance has no volume at device '" + deviceName + "'");
            }
        }
        String root = instance.spec().rootDeviceName();
        if (isExcluded(root)) {
            throw AwsError.badRequest(
                    "InvalidBlockDeviceMapping", "The root device '" + root + "' cannot be left out of an image");
        }
        return instance.volumes().stream()
                .filter(volume -> !isExcluded(volume.deviceName()))
                .toList();
    }

    private boolean isExcluded(String deviceName) {
        DeviceChange change = devices.get(deviceName);
        return change != null && change.excluded();
    }

    /** What a block device mapping changes about one device. */
    record DeviceChange(boolean excluded, boolean deleteOnTermination) {}
}
