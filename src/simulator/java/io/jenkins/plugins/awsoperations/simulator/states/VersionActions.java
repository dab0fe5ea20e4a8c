package io.jenkins.plugins.awsoperations.simulator.states;

import static io.jenkins.plugins.awsoperations.simulator.states.StatesNames.CONSTRAINTS;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** PublishStateMachineVersion and CreateStateMachineAlias. */
final class VersionActions {

    private static final Pattern ALIAS_NAME = Pattern.compile("(?=.*[a-zA-Z_\\-.])[a-zA-Z0-9_\\-.]+");

    private final StatesContext context;
    private final MachineLookup lookup;

    VersionActions(StatesContext context) {
        this.context = context;
        this.lookup = new MachineLookup(context);
    }

    void publish(JsonCall call) {
        String arn = StatesNames.arn(call, "stateMachineArn", "stateMachine");
        String description = CONSTRAINTS.text(call.request(), "description", 0, 256);
        String revisionId = call.request().text("revisionId");
        context.permit(call, arn);
        StateMachine machine = lookup.machine(arn);
        MachineLookup.refuseDeleting(machine);
        if (revisionId != null && !revisionId.equals(machine.current().id())) {
            throw AwsError.badRequest(
                    "ConflictException",
                    "Failed to publish the State Machine version for revision " + revisionId
                            + ". The current State Machine revision is "
                            + machine.current().id() + ".");
        }
        int number = machine.publish(description, call.now());
        call.resource(machine.versionArn(number));
        call.reply().put("stateMachineVersionArn", machine.versionArn(number));
        Revision version = machine.version(number);
        StatesContext.time(call.reply(), "creationDate", version == null ? null : version.since());
    }

    void createAlias(JsonCall call) {
        String name = CONSTRAINTS.required("name", CONSTRAINTS.text(call.request(), "name", 1, 80));
        CONSTRAINTS.text(call.request(), "name", ALIAS_NAME);
        String description = CONSTRAINTS.text(call.request(), "description", 0, 256);
        List<JsonRequest> routing = call.request().objects("routingConfiguration");
        if (routing.isEmpty() || routing.size() > 2) {
            throw CONSTRAINTS.broken("routingConfiguration", null, "have a length of at least 1 and at most 2");
        }
        StateMachine machine = null;
        List<MachineAlias.Route> routes = new ArrayList<>();
        int weights = 0;
        for (JsonRequest route : routing) {
            String versionArn = CONSTRAINTS.required("stateMachineVersionArn", route.text("stateMachineVersionArn"));
            int weight = CONSTRAINTS
                    .required("weight", CONSTRAINTS.number(route, "weight", 0, 100))
                    .intValue();
            StatesNames.checkArn(versionArn, "stateMachine");
            MachineLookup.Found found = version(versionArn);
            if (machine != null && machine != found.machine()) {
                throw invalid(
                        "Routing configuration must contain state machine version ARNs of the same state machine");
            }
            machine = found.machine();
            routes.add(new MachineAlias.Route(number(versionArn), weight));
            weights += weight;
        }
        if (weights != 100) {
            throw invalid("The sum of routing configuration weights must be 100");
        }
        context.permit(call, String.valueOf(machine == null ? null : machine.arn()));
        add(call, machine, new MachineAlias(name, description, routes, call.now()));
    }

    private static void add(JsonCall call, @Nullable StateMachine machine, MachineAlias alias) {
        if (machine == null) {
            return;
        }
        MachineLookup.refuseDeleting(machine);
        MachineAlias existing = machine.alias(alias.name());
        if (existing != null && !existing.routes().equals(alias.routes())) {
            throw AwsError.badRequest(
                    "ConflictException",
                    "Failed to create alias because an alias with the same name and a different routing configuration"
                            + " already exists.");
        }
        MachineAlias kept = existing == null ? alias : existing;
        machine.add(kept);
        String arn = machine.arn() + ':' + kept.name();
        call.resource(arn);
        call.reply().put("stateMachineAliasArn", arn);
        StatesContext.time(call.reply(), "creationDate", kept.createdAt());
    }

    private MachineLookup.Found version(String arn) {
        MachineLookup.Found found;
        try {
            found = lookup.started(arn);
        } catch (AwsError e) {
            throw AwsError.badRequest("ResourceNotFound", "Request references a resource that does not exist.");
        }
        if (found.versionArn() == null || found.aliasArn() != null) {
            throw invalid("Routing configuration must contain state machine version ARNs. Received: [" + arn + "]");
        }
        return found;
    }

    private static int number(String versionArn) {
        return Integer.parseInt(versionArn.substring(versionArn.lastIndexOf(':') + 1));
    }

    private static AwsError invalid(String text) {
        return AwsError.badRequest("ValidationException", text);
    }
}
