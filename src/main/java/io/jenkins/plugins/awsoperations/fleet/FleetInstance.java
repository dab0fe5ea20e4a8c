package io.jenkins.plugins.awsoperations.fleet;

import java.util.List;
import java.util.Map;

/**
 * An EC2 instance as far as operations need to know it.
 *
 * @param id as {@code i-0336e59739a4e0cee}
 * @param state EC2's state name, as {@code running}
 * @param rootDeviceType {@code ebs} or {@code instance-store}
 * @param rootDeviceName as {@code /dev/xvda}
 * @param devices the names of all attached block devices
 * @param tags all tags
 */
public record FleetInstance(
        String id,
        String state,
        String rootDeviceType,
        String rootDeviceName,
        List<String> devices,
        Map<String, String> tags) {

    public FleetInstance {
        devices = List.copyOf(devices);
        tags = Map.copyOf(tags);
    }

    /** The Name tag, or an empty text. */
    public String name() {
        return tags.getOrDefault("Name", "");
    }

    /** Id and name as people know it: {@code i-0336e59739a4e0cee (web-1)}. */
    public String display() {
        return name().isEmpty() ? id : id + " (" + name() + ")";
    }
}
