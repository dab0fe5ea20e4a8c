package io.jenkins.plugins.awsoperations.simulator.ssm;

import static io.jenkins.plugins.awsoperations.simulator.ssm.SsmNames.CONSTRAINTS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonPage;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** DescribeInstanceInformation: the nodes whose agent Systems Manager knows; stopped and terminated ones are left out. */
final class NodeListing {

    // API reference, DescribeInstanceInformation and InstanceInformationStringFilter.
    private static final int MIN_PAGE = 5;
    private static final int MAX_PAGE = 50;
    private static final int DEFAULT_PAGE = 10;
    private static final int MAX_VALUES = 100;
    private static final String TAG = "tag:";
    private static final String TAG_KEY = "tag-key";

    private final SsmContext context;
    private final Nodes nodes;

    NodeListing(SsmContext context) {
        this.context = context;
        this.nodes = context.nodes();
    }

    void run(JsonCall call) {
        Long asked = CONSTRAINTS.number(call.request(), "MaxResults", MIN_PAGE, MAX_PAGE);
        Predicate<NodeAgent> filter = filter(call);
        context.permit(call);
        new JsonPage("InstanceInformationList", "NextToken", asked == null ? DEFAULT_PAGE : asked.intValue())
                .write(
                        call,
                        nodes.all().stream(),
                        NodeAgent::instanceId,
                        agent -> nodes.pingStatus(agent, call.now()) != null && filter.test(agent),
                        (agent, node) -> write(call, agent, node));
    }

    private Predicate<NodeAgent> filter(JsonCall call) {
        List<JsonRequest> filters = call.request().objects("Filters");
        List<JsonRequest> legacy = call.request().objects("InstanceInformationFilterList");
        if (!filters.isEmpty() && !legacy.isEmpty()) {
            throw AwsError.badRequest(
                    "ValidationException", "Filters and InstanceInformationFilterList exclude each other");
        }
        Predicate<NodeAgent> all = agent -> true;
        boolean tags = false;
        boolean others = false;
        for (JsonRequest filter : filters.isEmpty() ? legacy : filters) {
            String key = CONSTRAINTS.required("key", filter.text(filters.isEmpty() ? "key" : "Key"));
            List<String> values = filter.texts(filters.isEmpty() ? "valueSet" : "Values");
            if (values.isEmpty()) {
                throw CONSTRAINTS.broken("values", values, "have length greater than or equal to 1");
            }
            CONSTRAINTS.size("values", values, MAX_VALUES);
            boolean tag = key.startsWith(TAG) || key.equals(TAG_KEY);
            tags |= tag;
            others |= !tag;
            all = all.and(tag ? tagged(key, values) : single(call, key, values));
        }
        if (tags && others) {
            throw AwsError.badRequest(
                    "InvalidInstanceInformationFilterValue", "Tag filters cannot be combined with other filter types");
        }
        return all;
    }

    private Predicate<NodeAgent> tagged(String key, List<String> values) {
        return agent -> {
            Map<String, String> tags = nodes.hosts().tags(agent.instanceId());
            String value = key.equals(TAG_KEY) ? null : tags.get(key.substring(TAG.length()));
            return key.equals(TAG_KEY)
                    ? values.stream().anyMatch(tags::containsKey)
                    : value != null && values.contains(value);
        };
    }

    private Predicate<NodeAgent> single(JsonCall call, String key, List<String> values) {
        return switch (key) {
            case "InstanceIds" -> agent -> values.contains(agent.instanceId());
            case "PingStatus" -> agent -> values.contains(String.valueOf(nodes.pingStatus(agent, call.now())));
            case "PlatformTypes" -> agent -> values.contains(agent.platform());
            case "ResourceType" -> agent -> values.contains("EC2Instance");
            default -> throw AwsError.badRequest("InvalidFilterKey", "The filter key " + key + " is not known here");
        };
    }

    private void write(JsonCall call, NodeAgent agent, ObjectNode node) {
        boolean windows = agent.platform().equals("Windows");
        node.put("InstanceId", agent.instanceId())
                .put("PingStatus", nodes.pingStatus(agent, call.now()))
                .put("AgentVersion", "3.3.2299.0")
                .put("IsLatestVersion", true)
                .put("PlatformType", agent.platform())
                .put("PlatformName", windows ? "Microsoft Windows Server 2025 Datacenter" : "Amazon Linux")
                .put("PlatformVersion", windows ? "10.0.26100" : "2023")
                .put("ResourceType", "EC2Instance")
                .put("ComputerName", "ip-" + agent.instanceId().substring(2) + ".internal");
        SsmContext.time(node, "LastPingDateTime", call.now());
    }
}
