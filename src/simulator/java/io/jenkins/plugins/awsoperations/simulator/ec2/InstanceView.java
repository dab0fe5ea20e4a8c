package io.jenkins.plugins.awsoperations.simulator.ec2;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An instance as it is, without AWS's delay.
 *
 * @param instanceId its id
 * @param state its state, as on the wire
 * @param status its status checks: {@code ok}, {@code initializing} or {@code impaired}; {@code not-applicable} unless
 *     running
 * @param imageId the image it was launched from
 * @param launchTime when it was launched
 * @param devices device names of its volumes, the root volume first
 * @param tags its tags
 */
public record InstanceView(
        String instanceId,
        String state,
        String status,
        String imageId,
        Instant launchTime,
        List<String> devices,
        Map<String, String> tags) {

    /** Copies the collections. */
    public InstanceView {
        devices = List.copyOf(devices);
        SortedMap<String, String> sorted = new TreeMap<>(tags);
        tags = Collections.unmodifiableSortedMap(sorted);
    }
}
