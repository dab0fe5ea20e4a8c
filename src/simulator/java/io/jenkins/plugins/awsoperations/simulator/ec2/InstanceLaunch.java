package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import io.jenkins.plugins.awsoperations.simulator.ec2.SimulatedInstance.Boot;
import io.jenkins.plugins.awsoperations.simulator.ec2.SimulatedInstance.Volume;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryRequest;
import io.jenkins.plugins.awsoperations.simulator.wire.ServiceCall;
import io.jenkins.plugins.awsoperations.simulator.wire.XmlBody;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** RunInstances, and the instances that are there from the start. */
final class InstanceLaunch implements Ec2Action {

    private static final int ROOT_GIB = 8;
    private static final int DATA_GIB = 20;
    private static final int MAX_COUNT = 1000;

    private final Ec2Context context;
    private final Ec2Store store;
    private final ResourceLookup lookup;

    InstanceLaunch(Ec2Context context) {
        this.context = context;
        this.store = context.store();
        this.lookup = new ResourceLookup(store);
    }

    @Override
    public void run(ServiceCall call) {
        QueryRequest request = call.request();
        String imageId = request.required("ImageId");
        ResourceIds.checkImage(imageId);
        int count = count(request);
        Map<String, Map<String, String>> tags =
                TagRules.readSpecifications(request, List.of("instance", "volume", "network-interface"));
        context.permit(call, context.instanceArn("*"));
        checkImage(call, imageId);

        InstanceSpec spec = spec(request, imageId).tags(tags.getOrDefault("instance", Map.of()));
        String reservationId = store.ids().next("r");
        List<SimulatedInstance> launched = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            launched.add(launch(call, spec, reservationId));
        }
        call.resource(
                String.join(",", launched.stream().map(SimulatedInstance::id).toList()));
        XmlBody reply = call.reply();
        reply.text("reservationId", reservationId)
                .text("ownerId", context.accountId())
                .open("instancesSet");
        for (SimulatedInstance instance : launched) {
            InstanceListing.write(
                    reply, instance, InstanceState.PENDING, instance.tags().current(), context);
        }
        reply.close("instancesSet");
    }

    private static int count(QueryRequest request) {
        request.required("MinCount");
        request.required("MaxCount");
        Integer min = request.number("MinCount");
        Integer max = request.number("MaxCount");
        if (min == null || max == null || min < 1 || max < min || max > MAX_COUNT) {
            throw AwsError.invalidValue(
                    "MinCount and MaxCount are from 1 to " + MAX_COUNT + ", and MaxCount is not less than MinCount");
        }
        return max;
    }

    /** An image of this account must be available; any other well-formed id passes for a public image. */
    private void checkImage(ServiceCall call, String imageId) {
        if (store.image(imageId) != null
                && !lookup.image(call, imageId).state(call.now()).equals("available")) {
            throw AwsError.badRequest("InvalidAMIID.Unavailable", "The image ID '" + imageId + "' is not available");
        }
    }

    private static InstanceSpec spec(QueryRequest request, String imageId) {
        InstanceSpec spec = InstanceSpec.running().imageId(imageId);
        String type = request.optional("InstanceType");
        if (type != null) {
            spec = spec.instanceType(type);
        }
        for (String member : request.members("BlockDeviceMapping")) {
            String deviceName = request.required(member + ".DeviceName");
            boolean root = deviceName.equals(spec.rootDeviceName());
            if (!root && request.optional(member + ".NoDevice") == null) {
                spec = spec.volume(deviceName);
            }
        }
        return spec;
    }

    private SimulatedInstance launch(ServiceCall call, InstanceSpec spec, String reservationId) {
        SimulatorSettings settings = call.settings();
        Instant runningAt = call.now().plus(settings.launchDuration());
        SimulatedInstance instance = instance(call.now(), reservationId, spec, call.now());
        instance.change(InstanceState.PENDING, call.now(), runningAt, settings.terminatedRemembered());
        instance.boot(new Boot(call.now(), runningAt.plus(settings.statusCheckDuration()), false));
        store.add(instance);
        return instance;
    }

    /** Adds an instance that has been there for a while, in the state that its description says. */
    SimulatedInstance seed(InstanceSpec spec, Instant launchTime, Instant forgottenAt) {
        SimulatedInstance instance = instance(Instant.MIN, store.ids().next("r"), spec, launchTime);
        instance.settle(InstanceState.of(spec.state()), forgottenAt);
        store.add(instance);
        return instance;
    }

    private SimulatedInstance instance(Instant writtenAt, String reservationId, InstanceSpec spec, Instant launchTime) {
        List<Volume> volumes = new ArrayList<>();
        if (spec.rootDeviceType().equals("ebs")) {
            volumes.add(new Volume(spec.rootDeviceName(), store.ids().next("vol"), ROOT_GIB));
        }
        for (String device : spec.dataDevices()) {
            volumes.add(new Volume(device, store.ids().next("vol"), DATA_GIB));
        }
        return new SimulatedInstance(
                store.ids().next("i"),
                store.nextOrdinal(),
                writtenAt,
                reservationId,
                spec,
                launchTime,
                volumes,
                spec.tags());
    }
}
