package io.jenkins.plugins.awsoperations.jenkins.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * The Chrome DevTools Protocol with one page: JSON messages with a zero byte after each. Replies carry the id of their
 * command, events carry a method. Source: https://chromedevtools.github.io/devtools-protocol/
 */
final class DevTools {

    private static final long REPLY_SECONDS = 30;

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> replies = new ConcurrentHashMap<>();
    private final OutputStream commands;
    private final BiConsumer<String, JsonNode> onEvent;
    private volatile String session = "";

    /**
     * @param onEvent gets the method and parameters of each event, in order and before any later reply is seen; it must
     *     not wait for a reply
     */
    DevTools(InputStream messages, OutputStream commands, BiConsumer<String, JsonNode> onEvent) {
        this.commands = commands;
        this.onEvent = onEvent;
        Thread reader = new Thread(() -> read(new BufferedInputStream(messages)), "DevTools messages");
        reader.setDaemon(true);
        reader.start();
    }

    /** Opens an empty page, to which all later commands go. */
    void openPage() {
        String target = call("Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asText();
        session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asText();
    }

    JsonNode call(String method) {
        return call(method, Map.of());
    }

    JsonNode call(String method, Map<String, ?> parameters) {
        try {
            return send(method, parameters).get(REPLY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new DevToolsException(method + ": " + e.getCause().getMessage());
        } catch (TimeoutException e) {
            throw new DevToolsException(method + ": no reply within " + REPLY_SECONDS + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevToolsException(method + ": interrupted");
        }
    }

    CompletableFuture<JsonNode> send(String method, Map<String, ?> parameters) {
        int id = lastId.incrementAndGet();
        ObjectNode command = json.createObjectNode().put("id", id).put("method", method);
        command.set("params", json.valueToTree(parameters));
        if (!session.isEmpty()) {
            command.put("sessionId", session);
        }
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        replies.put(id, reply);
        try {
            write(json.writeValueAsBytes(command));
        } catch (IOException e) {
            reply.completeExceptionally(e);
        }
        return reply;
    }

    private synchronized void write(byte[] message) throws IOException {
        commands.write(message);
        commands.write(0);
        commands.flush();
    }

    private void read(InputStream messages) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try (messages) {
            for (int b = messages.read(); b >= 0; b = messages.read()) {
                if (b == 0) {
                    take(json.readTree(message.toByteArray()));
                    message.reset();
                } else {
                    message.write(b);
                }
            }
            throw new IOException("Chromium has ended");
        } catch (IOException e) {
            replies.values().forEach(reply -> reply.completeExceptionally(e));
        }
    }

    private void take(JsonNode message) {
        if (!message.has("id")) {
            onEvent.accept(message.path("method").asText(), message.path("params"));
            return;
        }
        CompletableFuture<JsonNode> reply = replies.remove(message.get("id").asInt());
        if (message.has("error")) {
            reply.completeExceptionally(
                    new DevToolsException(message.at("/error/message").asText()));
        } else {
            reply.complete(message.path("result"));
        }
    }

    /** A command that Chromium refuses or does not answer, or a script that throws. */
    static final class DevToolsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DevToolsException(String message) {
            super(message);
        }
    }
}
