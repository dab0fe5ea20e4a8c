package io.jenkins.plugins.awsoperations.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import io.jenkins.plugins.awsoperations.simulator.wire.Blob;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a person or a script does to the simulator itself: read the ledger, set faults, look at the world, move the
 * clock. JSON under {@code /_simulator/}; docs/simulator.md describes it.
 */
public final class ControlPlane implements HttpHandler {

    private static final Logger LOG = System.getLogger(ControlPlane.class.getName());

    static final String PATH = "/_simulator/";

    private final ObjectMapper json = new ObjectMapper();
    private final SimulatorParts parts;
    private final Worlds worlds;

    /** A control plane over the parts of a simulator. */
    public ControlPlane(SimulatorParts parts, Worlds worlds) {
        this.parts = parts;
        this.worlds = worlds;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            reply(exchange);
        } catch (RuntimeException bug) {
            // The server drops the connection and says nothing.
            LOG.log(Level.ERROR, "The simulator's control plane failed", bug);
            throw new IOException("The simulator's control plane failed", bug);
        }
    }

    private void reply(HttpExchange exchange) throws IOException {
        int status = 200;
        JsonNode answer;
        try {
            answer = answer(exchange);
        } catch (ControlError refused) {
            status = refused.status();
            answer = json.createObjectNode().put("error", refused.getMessage());
        }
        byte[] body = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(answer);
        HttpReply.send(exchange, status, "application/json", Blob.of(body));
    }

    private JsonNode answer(HttpExchange exchange) throws IOException {
        String stranger = LocalCallers.refusal(exchange);
        if (stranger != null) {
            throw new ControlError(403, stranger);
        }
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath().substring(PATH.length());
        return switch (path) {
            case "" -> {
                allow(method, "GET");
                yield index();
            }
            case "ledger" -> ledger(allow(method, "GET", "DELETE"), query(exchange));
            case "faults" -> faults(allow(method, "GET", "POST", "DELETE"), exchange);
            case "world" -> {
                allow(method, "GET");
                yield StateJson.world(json, worlds);
            }
            case "agents" -> agents(allow(method, "GET", "POST"), exchange);
            case "tasks" -> tasks(allow(method, "GET", "POST", "DELETE"), exchange);
            case "clock" -> clock(allow(method, "GET", "POST"), exchange);
            default ->
                throw new ControlError(404, "nothing at " + PATH + path + "; GET " + PATH + " lists what there is");
        };
    }

    private static String allow(String method, String... allowed) {
        if (!List.of(allowed).contains(method)) {
            throw new ControlError(405, method + " is not possible here, only " + String.join(", ", allowed));
        }
        return method;
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> values = new TreeMap<>();
        String query = exchange.getRequestURI().getQuery();
        for (String pair : (query == null ? "" : query).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return values;
    }

    private JsonNode index() {
        ObjectNode index = json.createObjectNode();
        index.put("GET " + PATH + "ledger", "all calls; ?action=CreateImage, ?since=17 (a sequence number)");
        index.put("DELETE " + PATH + "ledger", "forget all calls");
        index.put("GET " + PATH + "faults", "the faults that are not used up");
        index.put("POST " + PATH + "faults", "add one fault, or an array of them");
        index.put("DELETE " + PATH + "faults", "remove all faults");
        index.put(
                "GET " + PATH + "world",
                "instances, images, snapshots, nodes, commands, state machines, executions, numbers of log events, sizes of objects, events put, as they are");
        index.put("GET " + PATH + "agents", "the agents on the instances");
        index.put("POST " + PATH + "agents", "{\"instanceId\": \"i-…\", \"state\": \"connectionLost\"} changes one");
        index.put("GET " + PATH + "tasks", "what tasks of Step Functions come to, and those that wait for a token");
        index.put(
                "POST " + PATH + "tasks",
                "{\"state\": \"Job 1\", \"fail\": {\"error\": \"WorkerBusy\"}} adds one rule, or an array of them");
        index.put("DELETE " + PATH + "tasks", "remove all rules");
        index.put("GET " + PATH + "clock", "the simulated time and its speed");
        index.put("POST " + PATH + "clock", "{\"advanceSeconds\": 60} jumps forward");
        return index;
    }

    private JsonNode ledger(String method, Map<String, String> query) {
        if (method.equals("DELETE")) {
            parts.ledger().clear();
            return json.createObjectNode();
        }
        for (String name : query.keySet()) {
            if (!name.equals("action") && !name.equals("since")) {
                throw new ControlError(400, "unknown filter \"" + name + "\"; there are action and since");
            }
        }
        String action = query.get("action");
        return StateJson.calls(
                json,
                parts.ledger().since(since(query)).stream()
                        .filter(call -> action == null || call.action().equals(action))
                        .toList());
    }

    private static long since(Map<String, String> query) {
        String text = query.getOrDefault("since", "0");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ControlError(400, "since is a sequence number, not \"" + text + "\"");
        }
    }

    private JsonNode faults(String method, HttpExchange exchange) throws IOException {
        if (method.equals("DELETE")) {
            parts.faults().clear();
        } else if (method.equals("POST")) {
            // All are read before the first is added: a mistake in one leaves nothing behind.
            FaultJson.read(parse(exchange)).forEach(parts.faults()::add);
        }
        return FaultJson.write(json, parts.faults().pending());
    }

    private JsonNode agents(String method, HttpExchange exchange) throws IOException {
        if (method.equals("POST")) {
            JsonNode body = parse(exchange);
            AgentJson.apply(body, worlds.ssm());
        }
        ArrayNode agents = json.createArrayNode();
        worlds.ssm().nodes().forEach(node -> agents.add(StateJson.node(json, node)));
        return agents;
    }

    private JsonNode tasks(String method, HttpExchange exchange) throws IOException {
        if (method.equals("DELETE")) {
            worlds.states().taskRules().clear();
        } else if (method.equals("POST")) {
            // All are read before the first is added: a mistake in one leaves nothing behind.
            TaskJson.read(parse(exchange)).forEach(worlds.states().taskRules()::add);
        }
        return TaskJson.write(json, worlds.states());
    }

    private JsonNode clock(String method, HttpExchange exchange) throws IOException {
        if (method.equals("POST")) {
            JsonNode body = parse(exchange);
            JsonNode seconds = body.get("advanceSeconds");
            if (seconds == null || body.size() != 1) {
                throw new ControlError(400, "expected {\"advanceSeconds\": number}");
            }
            if (!seconds.isNumber() || seconds.asDouble() < 0) {
                throw new ControlError(400, "advanceSeconds is a number that is not negative, not " + seconds);
            }
            parts.clock().advance(Duration.ofMillis(Math.round(seconds.asDouble() * 1000)));
        }
        return json.createObjectNode()
                .put("now", parts.clock().instant().toString())
                .put("speed", parts.clock().speed());
    }

    private JsonNode parse(HttpExchange exchange) throws IOException {
        try {
            JsonNode body = json.readTree(RequestBody.read(exchange));
            if (body == null || body.isMissingNode()) {
                throw new ControlError(400, "the body is empty; expected JSON");
            }
            return body;
        } catch (JsonProcessingException e) {
            throw new ControlError(400, "the body is no JSON: " + e.getOriginalMessage());
        }
    }
}
