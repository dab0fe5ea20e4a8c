package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import io.jenkins.plugins.awsoperations.simulator.ec2.SimulatedInstance.Boot;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.ServiceCall;
import io.jenkins.plugins.awsoperations.simulator.wire.XmlBody;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** StopInstances, StartInstances, TerminateInstances and RebootInstances. */
final class InstanceActions {

    private final Ec2Context context;
    private final ResourceLookup lookup;

    InstanceActions(Ec2Context context) {
        this.context = context;
        this.lookup = new ResourceLookup(context.store());
    }

    void stop(ServiceCall call) {
        change(call, InstanceState.STOPPING, Set.of(InstanceState.RUNNING), Set.of(InstanceState.STOPPED));
    }

    void start(ServiceCall call) {
        change(call, InstanceState.PENDING, Set.of(InstanceState.STOPPED), Set.of(InstanceState.RUNNING));
    }

    void terminate(ServiceCall call) {
        change(
                call,
                InstanceState.SHUTTING_DOWN,
                Set.of(InstanceState.PENDING, InstanceState.RUNNING, InstanceState.STOPPING, InstanceState.STOPPED),
                Set.of(InstanceState.SHUTTING_DOWN, InstanceState.TERMINATED));
    }

    private void change(
            ServiceCall call, InstanceState passing, Set<InstanceState> from, Set<InstanceState> alreadyThere) {
        List<SimulatedInstance> instances = instances(call);
        for (SimulatedInstance instance : instances) {
            InstanceState state = instance.state(call.now());
            boolean onTheWay = state == passing || alreadyThere.contains(state);
            if (!from.contains(state) && !onTheWay) {
                throw incorrectState(instance, state);
            }
        }
        XmlBody reply = call.reply().open("instancesSet");
        for (SimulatedInstance instance : instances) {
            InstanceState before = instance.state(call.now());
            if (from.contains(before)) {
                enter(call, instance, passing);
            }
            reply.open("item").text("instanceId", instance.id());
            writeState(reply, "currentState", instance.state(call.now()));
            writeState(reply, "previousState", before);
            reply.close("item");
        }
        reply.close("instancesSet");
    }

    private void enter(ServiceCall call, SimulatedInstance instance, InstanceState passing) {
        SimulatorSettings settings = call.settings();
        Instant settlesAt = call.now().plus(settings.stateChangeDuration());
        Duration remembered = settings.terminatedRemembered();
        instance.change(passing, call.now(), settlesAt, remembered);
        // Whatever happened before, a stopped or started instance no longer hangs in a reboot.
        instance.rebootsForImageUntil(Instant.MIN);
        if (passing == InstanceState.PENDING) {
            instance.boot(new Boot(call.now(), settlesAt.plus(settings.statusCheckDuration()), false));
            context.store().hosts().comesUp(instance, settlesAt);
        } else {
            context.store().hosts().goesDown(instance, call.now());
        }
    }

    void reboot(ServiceCall call) {
        List<SimulatedInstance> instances = instances(call);
        for (SimulatedInstance instance : instances) {
            InstanceState state = instance.state(call.now());
            if (state != InstanceState.RUNNING) {
                throw incorrectState(instance, state);
            }
        }
        for (SimulatedInstance instance : instances) {
            instance.rebootsForImageUntil(Instant.MIN);
            instance.boot(ImageCreation.reboot(call.now(), call.settings(), call.effect()));
            context.store().hosts().reboots(instance, call.now(), ImageCreation.backAt(call));
        }
        call.reply().flag("return", true);
    }

    private List<SimulatedInstance> instances(ServiceCall call) {
        List<String> ids = call.request().requiredList("InstanceId");
        ids.forEach(ResourceIds::checkInstance);
        context.permit(call, context.instanceArn(ids.get(0)));
        return lookup.instances(call, ids);
    }

    private static AwsError incorrectState(SimulatedInstance instance, InstanceState state) {
        return AwsError.badRequest(
                "IncorrectInstanceState",
                "The instance '" + instance.id() + "' is not in a state from which it can do this: "
                        + state.wireName());
    }

    static void writeState(XmlBody xml, String element, InstanceState state) {
        xml.open(element)
                .number("code", state.code())
                .text("name", state.wireName())
                .close(element);
    }
}
