package io.jenkins.plugins.awsoperations.simulator.ec2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An instance to seed the simulator with: {@code InstanceSpec.running().tag("Name", "web").volume("/dev/sdf")}.
 * Immutable; every method returns a changed copy.
 *
 * @param state state of the instance, as on the wire, for example {@code stopped}; default {@code running}
 * @param tags its tags, not checked, so that {@code aws:} tags can be seeded
 * @param platform {@code windows} or null, which is Linux; default null
 * @param rootDeviceType {@code ebs} or {@code instance-store}; default {@code ebs}
 * @param rootDeviceName default {@code /dev/xvda}
 * @param dataDevices device names of the volumes besides the root volume; default none
 * @param imageId the image it was launched from; default an image that the simulator does not have
 * @param instanceType default {@code t3.micro}
 * @param launchTime default: one day before it is seeded
 */
public record InstanceSpec(
        String state,
        Map<String, String> tags,
        @Nullable String platform,
        String rootDeviceType,
        String rootDeviceName,
        List<String> dataDevices,
        String imageId,
        String instanceType,
        @Nullable Instant launchTime) {

    static final String FOREIGN_IMAGE = "ami-0abcdef1234567890";

    /** Checks the values and copies the collections. */
    public InstanceSpec {
        InstanceState.of(state);
        if (!rootDeviceType.equals("ebs") && !rootDeviceType.equals("instance-store")) {
            throw new IllegalArgumentException("root device type is ebs or instance-store, not " + rootDeviceType);
        }
        SortedMap<String, String> sorted = new TreeMap<>(tags);
        tags = Collections.unmodifiableSortedMap(sorted);
        dataDevices = List.copyOf(dataDevices);
    }

    /** A running EBS-backed Linux instance without tags. */
    public static InstanceSpec running() {
        return new InstanceSpec(
                "running", Map.of(), null, "ebs", "/dev/xvda", List.of(), FOREIGN_IMAGE, "t3.micro", null);
    }

    /** In this state, as on the wire. */
    public InstanceSpec state(String value) {
        return new InstanceSpec(
                value, tags, platform, rootDeviceType, rootDeviceName, dataDevices, imageId, instanceType, launchTime);
    }

    /** With exactly these tags. */
    public InstanceSpec tags(Map<String, String> value) {
        return new InstanceSpec(
                state, value, platform, rootDeviceType, rootDeviceName, dataDevices, imageId, instanceType, launchTime);
    }

    /** With one more tag. */
    public InstanceSpec tag(String key, String value) {
        SortedMap<String, String> more = new TreeMap<>(tags);
        more.put(key, value);
        return tags(more);
    }

    /** With this platform: {@code windows}, or null for Linux. */
    public InstanceSpec platform(@Nullable String value) {
        return new InstanceSpec(
                state, tags, value, rootDeviceType, rootDeviceName, dataDevices, imageId, instanceType, launchTime);
    }

    /** With this type of root device: {@code ebs} or {@code instance-store}. */
    public InstanceSpec rootDeviceType(String value) {
        return new InstanceSpec(
                state, tags, platform, value, rootDeviceName, dataDevices, imageId, instanceType, launchTime);
    }

    /** With this device name of the root volume. */
    public InstanceSpec rootDeviceName(String value) {
        return new InstanceSpec(
                state, tags, platform, rootDeviceType, value, dataDevices, imageId, instanceType, launchTime);
    }

    /** With one more volume, attached under this device name. */
    public InstanceSpec volume(String deviceName) {
        List<String> more = new ArrayList<>(dataDevices);
        more.add(deviceName);
        return new InstanceSpec(
                state, tags, platform, rootDeviceType, rootDeviceName, more, imageId, instanceType, launchTime);
    }

    /** Launched from this image. */
    public InstanceSpec imageId(String value) {
        return new InstanceSpec(
                state, tags, platform, rootDeviceType, rootDeviceName, dataDevices, value, instanceType, launchTime);
    }

    /** Of this type. */
    public InstanceSpec instanceType(String value) {
        return new InstanceSpec(
                state, tags, platform, rootDeviceType, rootDeviceName, dataDevices, imageId, value, launchTime);
    }

    /** Launched then. */
    public InstanceSpec launchTime(Instant value) {
        return new InstanceSpec(
                state, tags, platform, rootDeviceType, rootDeviceName, dataDevices, imageId, instanceType, value);
    }
}
