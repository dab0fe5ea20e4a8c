package io.jenkins.plugins.awsoperations.simulator.states;

import static io.jenkins.plugins.awsoperations.simulator.states.StatesNames.CONSTRAINTS;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.asl.Definition;
import io.jenkins.plugins.awsoperations.simulator.asl.DefinitionError;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CreateStateMachine, UpdateStateMachine, DeleteStateMachine, DescribeStateMachine and ListStateMachines. */
final class MachineActions {

    private static final int MAX_DEFINITION = 1_048_576;

    private final StatesContext context;
    private final MachineLookup lookup;

    MachineActions(StatesContext context) {
        this.context = context;
        this.lookup = new MachineLookup(context);
    }

    void create(JsonCall call) {
        String name = CONSTRAINTS.required("name", StatesNames.name(call, "name"));
        String text = CONSTRAINTS.required("definition", definitionText(call));
        String roleArn = CONSTRAINTS.required("roleArn", roleArn(call));
        String type = call.request().text("type");
        if (type != null && !type.equals("STANDARD") && !type.equals("EXPRESS")) {
            throw CONSTRAINTS.broken("type", type, "satisfy enum value set: [STANDARD, EXPRESS]");
        }
        boolean publish = publish(call);
        context.permit(call, context.arn("stateMachine:" + name));
        StateMachine machine = create(name, text, roleArn, "EXPRESS".equals(type), call.now());
        call.resource(machine.arn());
        call.reply().put("stateMachineArn", machine.arn());
        StatesContext.time(call.reply(), "creationDate", machine.createdAt());
        writeVersion(call, machine, publish);
    }

    /**
     * Creates a state machine, or finds the one that was created just so.
     *
     * @throws AwsError as CreateStateMachine answers
     */
    StateMachine create(String name, String text, String roleArn, boolean express, Instant now) {
        StatesNames.checkName(name);
        Definition definition = definition(text);
        String arn = context.arn("stateMachine:" + name);
        StateMachine existing = context.store().machine(arn);
        if (existing != null) {
            MachineLookup.refuseDeleting(existing);
            boolean same = existing.current().text().equals(text)
                    && existing.current().roleArn().equals(roleArn)
                    && existing.express() == express;
            if (!same) {
                throw AwsError.badRequest("StateMachineAlreadyExists", "State Machine Already Exists: '" + arn + "'");
            }
            return existing;
        }
        Revision revision = new Revision(Revision.INITIAL, definition, text, roleArn, now, null);
        StateMachine machine = new StateMachine(arn, name, express, now, revision);
        context.store().add(machine);
        return machine;
    }

    void update(JsonCall call) {
        String arn = StatesNames.arn(call, "stateMachineArn", "stateMachine");
        String text = definitionText(call);
        String roleArn = roleArn(call);
        boolean publish = publish(call);
        boolean configured =
                call.request().has("loggingConfiguration") || call.request().has("tracingConfiguration");
        if (text == null && roleArn == null && !configured) {
            throw AwsError.badRequest(
                    "MissingRequiredParameter",
                    "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be"
                            + " specified");
        }
        context.permit(call, arn);
        StateMachine machine = lookup.machine(arn);
        MachineLookup.refuseDeleting(machine);
        Revision before = machine.current();
        Revision after = new Revision(
                context.store().newId(),
                text == null ? before.definition() : definition(text),
                text == null ? before.text() : text,
                roleArn == null ? before.roleArn() : roleArn,
                call.now(),
                null);
        machine.update(after);
        call.resource(arn);
        call.reply().put("revisionId", after.id());
        StatesContext.time(call.reply(), "updateDate", call.now());
        writeVersion(call, machine, publish);
    }

    void delete(JsonCall call) {
        String arn = StatesNames.arn(call, "stateMachineArn", "stateMachine");
        context.permit(call, arn);
        StateMachine machine = context.store().machine(arn);
        if (machine != null) {
            call.resource(arn);
            machine.delete();
            context.store().forgetDeleted(machine);
        }
    }

    void describe(JsonCall call) {
        String arn = StatesNames.arn(call, "stateMachineArn", "stateMachine");
        boolean data = IncludedData.wanted(call);
        context.permit(call, arn);
        MachineLookup.Found found = lookup.started(arn);
        StateMachine machine = found.machine();
        Revision revision = found.revision();
        ObjectNode reply = call.reply();
        reply.put("stateMachineArn", arn)
                .put("name", machine.name())
                .put("status", machine.deleting() ? "DELETING" : "ACTIVE")
                .put("definition", data ? revision.text() : "{}")
                .put("roleArn", revision.roleArn())
                .put("type", type(machine));
        reply.putObject("loggingConfiguration").put("level", "OFF").put("includeExecutionData", false);
        reply.putObject("tracingConfiguration").put("enabled", false);
        if (!revision.id().equals(Revision.INITIAL)) {
            reply.put("revisionId", revision.id());
        }
        StatesContext.text(reply, "description", revision.description());
        StatesContext.time(reply, "creationDate", found.versionArn() == null ? machine.createdAt() : revision.since());
    }

    void list(JsonCall call) {
        NumberPage page = NumberPage.of(call, 1024);
        context.permit(call, context.arn("stateMachine:*"));
        List<StateMachine> machines = context.store().machines();
        ArrayNode array = call.reply().putArray("stateMachines");
        for (int i = page.from(0); i < machines.size(); i++) {
            if (array.size() == page.size()) {
                page.next(call, i);
                return;
            }
            StateMachine machine = machines.get(i);
            ObjectNode node = array.addObject()
                    .put("stateMachineArn", machine.arn())
                    .put("name", machine.name())
                    .put("type", type(machine));
            StatesContext.time(node, "creationDate", machine.createdAt());
        }
    }

    private static String type(StateMachine machine) {
        return machine.express() ? "EXPRESS" : "STANDARD";
    }

    private static @Nullable String definitionText(JsonCall call) {
        return CONSTRAINTS.text(call.request(), "definition", 1, MAX_DEFINITION);
    }

    private static @Nullable String roleArn(JsonCall call) {
        return CONSTRAINTS.text(call.request(), "roleArn", 1, 256);
    }

    private static boolean publish(JsonCall call) {
        boolean publish = call.request().flag("publish");
        String description = CONSTRAINTS.text(call.request(), "versionDescription", 0, 256);
        if (description != null && !publish) {
            throw AwsError.badRequest(
                    "ValidationException", "Version description can only be set when publish is true");
        }
        return publish;
    }

    private static void writeVersion(JsonCall call, StateMachine machine, boolean publish) {
        if (publish) {
            int version = machine.publish(call.request().text("versionDescription"), call.now());
            call.reply().put("stateMachineVersionArn", machine.versionArn(version));
        }
    }

    private static Definition definition(String text) {
        try {
            return Definition.read(text);
        } catch (DefinitionError e) {
            throw AwsError.badRequest(
                    "InvalidDefinition", "Invalid State Machine Definition: '" + e.getMessage() + "'");
        }
    }
}
