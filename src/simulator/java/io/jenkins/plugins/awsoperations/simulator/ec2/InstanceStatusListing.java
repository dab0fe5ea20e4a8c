package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
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

/** DescribeInstanceStatus: the state and the status checks, by default of running instances only. */
final class InstanceStatusListing implements Ec2Action {

    // API reference, DescribeInstanceStatus: "Maximum 100 explicitly specified instance IDs".
    private static final int MAX_IDS = 100;
    private static final int MIN_PAGE = 5;
    private static final String NOT_APPLICABLE = "not-applicable";

    private final Ec2Context context;
    private final Ec2Store store;
    private final ResourceLookup lookup;

    InstanceStatusListing(Ec2Context context) {
        this.context = context;
        this.store = context.store();
        this.lookup = new ResourceLookup(store);
    }

    @Override
    public void run(ServiceCall call) {
        QueryRequest request = call.request();
        List<String> ids = request.list("InstanceId");
        ids.forEach(ResourceIds::checkInstance);
        if (ids.size() > MAX_IDS) {
            throw AwsError.invalidValue("The maximum number of instance IDs in a single call is " + MAX_IDS);
        }
        Page.notWithIds(call, ids, "instancesSet");
        boolean all = request.flag("IncludeAllInstances");
        Predicate<SimulatedInstance> filter = Filters.of(request)
                .test(attributes(call), instance -> instance.tags().seenAt(call.horizon()));
        context.permit(call);

        Collection<SimulatedInstance> candidates = ids.isEmpty() ? store.instances() : lookup.seenInstances(call, ids);
        Stream<SimulatedInstance> wanted = candidates.stream()
                .filter(instance -> instance.listed(call.now(), call.horizon()))
                .filter(instance -> all || state(call, instance) == InstanceState.RUNNING)
                .filter(filter)
                .sorted(Comparator.comparingLong(SimulatedInstance::ordinal));
        Page<SimulatedInstance> page = Page.of(call, MIN_PAGE, wanted, SimulatedInstance::ordinal);
        XmlBody reply = call.reply().open("instanceStatusSet");
        page.items().forEach(instance -> write(reply, instance, call));
        reply.close("instanceStatusSet").optional("nextToken", page.nextToken());
    }

    private static InstanceState state(ServiceCall call, SimulatedInstance instance) {
        return instance.seenState(call.now(), call.horizon());
    }

    private static String instanceStatus(ServiceCall call, SimulatedInstance instance) {
        return state(call, instance) == InstanceState.RUNNING
                ? instance.seenStatus(call.now(), call.horizon())
                : NOT_APPLICABLE;
    }

    /** The host under the instance is well even when the instance is not. */
    private static String systemStatus(ServiceCall call, SimulatedInstance instance) {
        String status = instanceStatus(call, instance);
        return status.equals("impaired") ? "ok" : status;
    }

    private Map<String, Function<SimulatedInstance, Collection<String>>> attributes(ServiceCall call) {
        Map<String, Function<SimulatedInstance, Collection<String>>> by = new HashMap<>();
        by.put("instance-state-name", instance -> List.of(state(call, instance).wireName()));
        by.put(
                "instance-state-code",
                instance -> List.of(Integer.toString(state(call, instance).code())));
        by.put("instance-status.status", instance -> List.of(instanceStatus(call, instance)));
        by.put("system-status.status", instance -> List.of(systemStatus(call, instance)));
        by.put("availability-zone", instance -> List.of(InstanceListing.zone(context)));
        return by;
    }

    private void write(XmlBody xml, SimulatedInstance instance, ServiceCall call) {
        xml.open("item").text("instanceId", instance.id()).text("availabilityZone", InstanceListing.zone(context));
        InstanceActions.writeState(xml, "instanceState", state(call, instance));
        writeSummary(xml, "systemStatus", systemStatus(call, instance));
        writeSummary(xml, "instanceStatus", instanceStatus(call, instance));
        xml.close("item");
    }

    private static void writeSummary(XmlBody xml, String element, String status) {
        xml.open(element).text("status", status);
        if (!status.equals(NOT_APPLICABLE)) {
            String reachability =
                    switch (status) {
                        case "ok" -> "passed";
                        case "impaired" -> "failed";
                        default -> "initializing";
                    };
            xml.open("details")
                    .open("item")
                    .text("name", "reachability")
                    .text("status", reachability)
                    .close("item")
                    .close("details");
        }
        xml.close(element);
    }
}
