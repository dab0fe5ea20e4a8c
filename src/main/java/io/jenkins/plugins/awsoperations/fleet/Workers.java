package io.jenkins.plugins.awsoperations.fleet;

import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.BatchedReads;
import io.jenkins.plugins.awsoperations.aws.RecentReads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;

/** Finds the instances that may run commands. Whoever looks for the same within a few seconds gets the same answer. */
public final class Workers {

    /** How old an answer may be: a worker that has gone since is noticed when the command is sent. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** DescribeInstanceInformation takes 100 values in a filter and gives 50 nodes in a page. */
    private static final int IDS_PER_CALL = 100;

    private static final int PAGE_SIZE = 50;

    /** Of workers that run something it is enough to know now and then how they are; all of them are asked for together. */
    private static final Duration HEALTH = Duration.ofSeconds(30);

    /** All but those that are gone: one that is stopped is no typo. */
    private static final Set<String> STATES = Set.of("pending", "running", "stopping", "stopped");

    private final AwsConnection aws;

    public Workers(AwsConnection aws) {
        this.aws = aws;
    }

    /**
     * All instances that carry the tags, whether or not they take commands now.
     *
     * @param tags what they carry
     * @param instanceId the only one that is meant, or null
     * @param now the time
     * @return in the order of their ids; empty when somebody is just asking the same: come again in a moment
     */
    public Optional<List<Worker>> find(TagSelector tags, @Nullable String instanceId, Instant now) {
        return aws.shared(Recent.class, Recent::new)
                .workers
                .get(new Question(tags, instanceId), now, () -> ask(tags, instanceId));
    }

    /**
     * What Systems Manager has known of one instance within the last half minute; the instances of all who ask are read together.
     *
     * @return empty inside when it knows nothing of it; empty outside as for {@link #find}
     */
    public Optional<Optional<ManagedNode>> node(String instanceId, Instant now) {
        return aws.shared(Recent.class, Recent::new)
                .nodes
                .read(instanceId, now.minus(HEALTH), now, this::nodes)
                .map(reading -> Optional.ofNullable(reading.value()));
    }

    /** Announces that {@link #node} will be asked for an instance, so that whoever asks first asks for it, too. */
    public void watch(String instanceId, Instant now) {
        aws.shared(Recent.class, Recent::new).nodes.watch(List.of(instanceId), now, now);
    }

    /** Ends the interest in an instance. */
    public void forget(String instanceId) {
        aws.shared(Recent.class, Recent::new).nodes.forget(instanceId);
    }

    private List<Worker> ask(TagSelector tags, @Nullable String instanceId) {
        InstanceLocator locator = new InstanceLocator(aws);
        List<FleetInstance> instances = instanceId == null
                ? locator.byTags(tags, STATES)
                : locator.byIds(List.of(instanceId)).stream()
                        .filter(i -> STATES.contains(i.state()) && tags.matches(i.tags()))
                        .toList();
        Map<String, ManagedNode> nodes = nodes(instances.stream()
                .filter(i -> i.state().equals("running"))
                .map(FleetInstance::id)
                .toList());
        return instances.stream().map(i -> new Worker(i, nodes.get(i.id()))).toList();
    }

    private Map<String, ManagedNode> nodes(Collection<String> ids) {
        List<String> all = new ArrayList<>(ids);
        Map<String, ManagedNode> found = new HashMap<>();
        for (int from = 0; from < all.size(); from += IDS_PER_CALL) {
            List<String> chunk = all.subList(from, Math.min(all.size(), from + IDS_PER_CALL));
            DescribeInstanceInformationRequest request = DescribeInstanceInformationRequest.builder()
                    .filters(InstanceInformationStringFilter.builder()
                            .key("InstanceIds")
                            .values(chunk)
                            .build())
                    .maxResults(PAGE_SIZE)
                    .build();
            aws.call("ssm", "DescribeInstanceInformation", "instances", () -> {
                aws.ssm().describeInstanceInformationPaginator(request).instanceInformationList().stream()
                        .map(Workers::node)
                        .forEach(node -> found.put(node.instanceId(), node));
                return found;
            });
        }
        return found;
    }

    private static ManagedNode node(InstanceInformation i) {
        return new ManagedNode(
                i.instanceId(), String.valueOf(i.pingStatusAsString()), String.valueOf(i.platformTypeAsString()));
    }

    private record Question(TagSelector tags, @Nullable String instanceId) {}

    private static final class Recent {
        final RecentReads<Question, List<Worker>> workers = new RecentReads<>(FRESH);
        final BatchedReads<String, ManagedNode> nodes = new BatchedReads<>(IDS_PER_CALL, HEALTH);
    }
}
