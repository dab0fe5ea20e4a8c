package io.jenkins.plugins.awsoperations.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.ec2.Ec2World;
import io.jenkins.plugins.awsoperations.simulator.ec2.ImageView;
import io.jenkins.plugins.awsoperations.simulator.ec2.InstanceView;
import io.jenkins.plugins.awsoperations.simulator.ec2.SnapshotView;
import io.jenkins.plugins.awsoperations.simulator.events.ReceivedEvent;
import io.jenkins.plugins.awsoperations.simulator.ssm.CommandView;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeView;
import io.jenkins.plugins.awsoperations.simulator.states.ExecutionView;
import io.jenkins.plugins.awsoperations.simulator.states.MachineView;
import java.util.List;
import java.util.Map;

/** The ledger and the world as JSON. */
final class StateJson {

    private StateJson() {}

    static JsonNode calls(ObjectMapper json, List<Call> calls) {
        ArrayNode array = json.createArrayNode();
        for (Call call : calls) {
            ObjectNode node = array.addObject()
                    .put("sequence", call.sequence())
                    .put("time", call.time().toString())
                    .put("service", call.service())
                    .put("action", call.action());
            node.set("parameters", map(json, call.parameters()));
            node.put("outcome", call.outcome())
                    .put("requestId", call.requestId())
                    .put("principal", call.principal())
                    .put("resource", call.resource());
        }
        return array;
    }

    static JsonNode world(ObjectMapper json, Worlds worlds) {
        ObjectNode world = json.createObjectNode();
        Ec2World ec2 = worlds.ec2();
        ArrayNode instances = world.putArray("instances");
        ec2.instances().forEach(instance -> instances.add(instance(json, instance)));
        ArrayNode images = world.putArray("images");
        ec2.images().forEach(image -> images.add(image(json, image)));
        ArrayNode snapshots = world.putArray("snapshots");
        ec2.snapshots().forEach(snapshot -> snapshots.add(snapshot(json, snapshot)));
        ArrayNode nodes = world.putArray("nodes");
        worlds.ssm().nodes().forEach(node -> nodes.add(node(json, node)));
        ArrayNode commands = world.putArray("commands");
        worlds.ssm().commands().forEach(command -> commands.add(command(json, command)));
        ArrayNode machines = world.putArray("stateMachines");
        worlds.states().machines().forEach(machine -> machines.add(machine(json, machine)));
        ArrayNode executions = world.putArray("executions");
        worlds.states().executions().forEach(execution -> executions.add(execution(json, execution)));
        world.set("logEvents", json.valueToTree(worlds.logs().counts()));
        world.set("objectSizes", json.valueToTree(worlds.s3().sizes()));
        ArrayNode events = world.putArray("events");
        worlds.events().received().forEach(event -> events.add(event(json, event)));
        return world;
    }

    private static ObjectNode instance(ObjectMapper json, InstanceView view) {
        ObjectNode node = json.createObjectNode()
                .put("instanceId", view.instanceId())
                .put("state", view.state())
                .put("status", view.status())
                .put("imageId", view.imageId())
                .put("launchTime", view.launchTime().toString());
        node.set("devices", list(json, view.devices()));
        node.set("tags", map(json, view.tags()));
        return node;
    }

    private static ObjectNode image(ObjectMapper json, ImageView view) {
        ObjectNode node = json.createObjectNode()
                .put("imageId", view.imageId())
                .put("name", view.name())
                .put("state", view.state())
                .put("sourceInstanceId", view.sourceInstanceId())
                .put("description", view.description())
                .put("creationDate", view.creationDate().toString())
                .put(
                        "deprecationTime",
                        view.deprecationTime() == null
                                ? null
                                : view.deprecationTime().toString())
                .put("deregistrationProtection", view.deregistrationProtection());
        node.set("snapshotIds", list(json, view.snapshotIds()));
        node.set("devices", list(json, view.devices()));
        node.set("tags", map(json, view.tags()));
        return node;
    }

    private static ObjectNode snapshot(ObjectMapper json, SnapshotView view) {
        ObjectNode node = json.createObjectNode()
                .put("snapshotId", view.snapshotId())
                .put("volumeId", view.volumeId())
                .put("state", view.state())
                .put("description", view.description())
                .put("startTime", view.startTime().toString());
        node.set("imageIds", list(json, view.imageIds()));
        node.set("tags", map(json, view.tags()));
        return node;
    }

    static ObjectNode node(ObjectMapper json, NodeView view) {
        return json.createObjectNode()
                .put("instanceId", view.instanceId())
                .put("agent", view.agent())
                .put("pingStatus", view.pingStatus())
                .put("platform", view.platform());
    }

    private static ObjectNode command(ObjectMapper json, CommandView view) {
        ObjectNode node = json.createObjectNode()
                .put("commandId", view.commandId())
                .put("documentName", view.documentName())
                .put("comment", view.comment())
                .put("sentAt", view.sentAt().toString());
        ArrayNode invocations = node.putArray("invocations");
        view.invocations()
                .forEach(invocation -> invocations
                        .addObject()
                        .put("instanceId", invocation.instanceId())
                        .put("status", invocation.status())
                        .put("statusDetails", invocation.statusDetails())
                        .put("responseCode", invocation.responseCode()));
        return node;
    }

    private static ObjectNode event(ObjectMapper json, ReceivedEvent event) {
        ObjectNode node = json.createObjectNode()
                .put("id", event.id())
                .put("bus", event.bus())
                .put("source", event.source())
                .put("detailType", event.detailType())
                .put("detail", event.detail())
                .put("time", event.time().toString())
                .put("receivedAt", event.receivedAt().toString());
        node.set("resources", list(json, event.resources()));
        return node;
    }

    private static ObjectNode machine(ObjectMapper json, MachineView view) {
        return json.createObjectNode()
                .put("arn", view.arn())
                .put("name", view.name())
                .put("type", view.type())
                .put("createdAt", view.createdAt().toString())
                .put("running", view.running());
    }

    private static ObjectNode execution(ObjectMapper json, ExecutionView view) {
        return json.createObjectNode()
                .put("arn", view.arn())
                .put("name", view.name())
                .put("machineArn", view.machineArn())
                .put("status", view.status())
                .put("input", view.input())
                .put("output", view.output())
                .put("error", view.error())
                .put("cause", view.cause())
                .put("startedAt", view.startedAt().toString())
                .put(
                        "stoppedAt",
                        view.stoppedAt() == null ? null : view.stoppedAt().toString())
                .put("redriveCount", view.redriveCount());
    }

    private static ObjectNode map(ObjectMapper json, Map<String, String> map) {
        ObjectNode node = json.createObjectNode();
        map.forEach(node::put);
        return node;
    }

    private static ArrayNode list(ObjectMapper json, List<String> values) {
        ArrayNode node = json.createArrayNode();
        values.forEach(node::add);
        return node;
    }
}
