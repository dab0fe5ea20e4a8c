package io.jenkins.plugins.awsoperations.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads request bodies, and no more of them than any request needs. */
final class RequestBody {

    // Twice the largest useful request, CreateTags on 1,000 resources.
    private static final int MAX_BYTES = 1 << 20;

    private RequestBody() {}

    static String read(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
            throw new IOException("request body of more than " + MAX_BYTES + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
