package io.jenkins.plugins.awsoperations.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Sends requests byte by byte as given, which no HTTP client does when it comes to Host and Origin. */
final class RawHttp {

    private final URI endpoint;

    RawHttp(URI endpoint) {
        this.endpoint = endpoint;
    }

    String get(String path) {
        return send("GET", path, "127.0.0.1:" + endpoint.getPort(), "", "");
    }

    String delete(String path) {
        return send("DELETE", path, "127.0.0.1:" + endpoint.getPort(), "", "");
    }

    String post(String path, String body) {
        return send("POST", path, "127.0.0.1:" + endpoint.getPort(), "", body);
    }

    /** The whole response, status line and all. */
    String send(String method, String path, String host, String headers, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + bytes.length
                + "\r\nConnection: close\r\n" + headers + "\r\n";
        try (Socket socket = new Socket("127.0.0.1", endpoint.getPort())) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.write(head.getBytes(StandardCharsets.UTF_8));
            request.write(bytes);
            socket.getOutputStream().write(request.toByteArray());
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
