package io.jenkins.plugins.awsoperations.fleet;

import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** Finds the instances that a request means. */
public final class InstanceLocator {

    /** EC2 takes no more values in the filters of one request (error FilterLimitExceeded). */
    public static final int MAX_FILTER_VALUES = 200;

    private static final int PAGE_SIZE = 1000;
    private static final int HINT_PAGES = 5;

    private static final Pattern INSTANCE_ID = Pattern.compile("i-([0-9a-f]{8}|[0-9a-f]{17})");

    private final AwsConnection aws;

    public InstanceLocator(AwsConnection aws) {
        this.aws = aws;
    }

    /** What is wrong with the id of an instance; only its form is looked at. */
    public static Optional<String> idProblem(String id) {
        return INSTANCE_ID.matcher(id).matches()
                ? Optional.empty()
                : Optional.of("'" + id + "' is not an instance id (i- and 8 or 17 hexadecimal digits)");
    }

    /** The running and stopped instances that carry the tags, in the order of their ids. */
    public List<FleetInstance> byTags(TagSelector selector, Collection<String> states) {
        List<Filter> filters = new ArrayList<>();
        selector.tags().forEach((key, values) -> filters.add(filter("tag:" + key, values)));
        filters.add(filter("instance-state-name", states));
        return describe(filters, selector.toString()).stream()
                // Filters select a superset at best: what AWS answers is checked, so that a wildcard never backs up too
                // much.
                .filter(i -> selector.matches(i.tags()))
                .toList();
    }

    /** The instances with these ids that exist, in any state; unknown ids are simply absent. */
    public List<FleetInstance> byIds(Collection<String> ids) {
        List<FleetInstance> found = new ArrayList<>();
        List<String> all = ids.stream().distinct().sorted().toList();
        for (int from = 0; from < all.size(); from += MAX_FILTER_VALUES) {
            List<String> chunk = all.subList(from, Math.min(all.size(), from + MAX_FILTER_VALUES));
            // By filter and not by InstanceIds: there one unknown id fails the whole call (InvalidInstanceID.NotFound).
            found.addAll(describe(List.of(filter("instance-id", chunk)), String.join(", ", chunk)));
        }
        return found;
    }

    /** What is nearly the selector but for upper and lower case or spaces around, for the message when nothing matches. */
    public Optional<String> nearMiss(TagSelector selector) {
        Map<String, String> nearMisses = new TreeMap<>();
        String token = null;
        for (int page = 0; page < HINT_PAGES; page++) {
            DescribeTagsRequest request = DescribeTagsRequest.builder()
                    .filters(filter("resource-type", List.of("instance")))
                    .maxResults(PAGE_SIZE)
                    .nextToken(token)
                    .build();
            DescribeTagsResponse reply =
                    aws.call("ec2", "DescribeTags", "instances", () -> aws.ec2().describeTags(request));
            reply.tags().forEach(tag -> compare(selector, tag, nearMisses));
            token = reply.nextToken();
            if (token == null || token.isEmpty()) {
                break;
            }
        }
        return nearMisses.isEmpty()
                ? Optional.empty()
                : Optional.of(nearMisses.entrySet().stream()
                        .limit(3)
                        .map(e -> e.getKey() + " instead of " + e.getValue())
                        .collect(Collectors.joining(", ")));
    }

    private static void compare(TagSelector selector, TagDescription tag, Map<String, String> nearMisses) {
        selector.tags().forEach((key, values) -> {
            for (String value : values) {
                boolean same = key.equals(tag.key()) && value.equals(tag.value());
                if (!same && isNear(key, tag.key()) && isNear(value, tag.value())) {
                    nearMisses.put("'" + tag.key() + "=" + tag.value() + "'", "'" + key + "=" + value + "'");
                }
            }
        });
    }

    private static boolean isNear(String wanted, String actual) {
        return wanted.strip().equalsIgnoreCase(actual.strip());
    }

    private List<FleetInstance> describe(List<Filter> filters, String what) {
        DescribeInstancesRequest first = DescribeInstancesRequest.builder()
                .filters(filters)
                .maxResults(PAGE_SIZE)
                .build();
        List<FleetInstance> found = new ArrayList<>();
        aws.call("ec2", "DescribeInstances", what, () -> {
            aws.ec2().describeInstancesPaginator(first).reservations().stream()
                    .flatMap(r -> r.instances().stream())
                    .map(InstanceLocator::instance)
                    .forEach(found::add);
            return found;
        });
        found.sort(Comparator.comparing(FleetInstance::id));
        return found;
    }

    private static FleetInstance instance(Instance i) {
        return new FleetInstance(
                i.instanceId(),
                i.state() == null ? "unknown" : String.valueOf(i.state().nameAsString()),
                String.valueOf(i.rootDeviceTypeAsString()),
                String.valueOf(i.rootDeviceName()),
                i.blockDeviceMappings().stream()
                        .map(InstanceBlockDeviceMapping::deviceName)
                        .toList(),
                i.tags().stream().collect(Collectors.toMap(Tag::key, Tag::value, (a, b) -> b, TreeMap::new)));
    }

    private static Filter filter(String name, Collection<String> values) {
        return Filter.builder()
                .name(name)
                .values(values.stream().map(TagSelector::escape).toList())
                .build();
    }
}
