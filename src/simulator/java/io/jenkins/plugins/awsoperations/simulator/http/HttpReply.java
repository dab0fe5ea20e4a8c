package io.jenkins.plugins.awsoperations.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.awsoperations.simulator.wire.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Sends replies whose length is known, so that connections are kept alive. */
final class HttpReply {

    private HttpReply() {}

    static void text(HttpExchange exchange, int status, String text) throws IOException {
        send(exchange, status, "text/plain;charset=UTF-8", Blob.of(text));
    }

    static void send(HttpExchange exchange, int status, String contentType, Blob body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        send(exchange, status, body);
    }

    static void send(HttpExchange exchange, int status, Blob body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Long.toString(body.length()));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length() == 0 ? -1 : body.length());
        if (body.length() > 0) {
            try (OutputStream out = exchange.getResponseBody();
                    InputStream in = body.open(0)) {
                in.transferTo(out);
            }
        }
    }
}
