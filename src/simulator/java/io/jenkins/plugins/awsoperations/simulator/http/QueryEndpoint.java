package io.jenkins.plugins.awsoperations.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryGateway;
import io.jenkins.plugins.awsoperations.simulator.wire.WireReply;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** AWS's endpoint: the Query protocol over POST, or GET, at {@code /}. Signatures are not verified. */
final class QueryEndpoint implements HttpHandler {

    private static final Logger LOG = System.getLogger(QueryEndpoint.class.getName());

    // Signature Version 4: "Credential=AKID/20260101/ap-northeast-1/ec2/aws4_request".
    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]+)/");

    private final QueryGateway gateway;

    QueryEndpoint(QueryGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange);
        } catch (RuntimeException bug) {
            // The server drops the connection and says nothing, which would look like a fault that somebody asked for.
            LOG.log(Level.ERROR, "The simulator failed", bug);
            throw new IOException("The simulator failed", bug);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        if (!exchange.getRequestURI().getPath().equals("/")) {
            HttpReply.text(exchange, 404, "AWS's endpoint is /, the control plane /_simulator/\n");
            return;
        }
        String form;
        if (method.equals("POST")) {
            form = RequestBody.read(exchange);
        } else if (method.equals("GET")) {
            String query = exchange.getRequestURI().getRawQuery();
            form = query == null ? "" : query;
        } else {
            HttpReply.text(exchange, 405, "POST or GET\n");
            return;
        }
        WireReply reply = gateway.handle(form, principal(exchange));
        if (reply.isDropped()) {
            // Closing an exchange whose headers were not sent closes the connection.
            return;
        }
        exchange.getResponseHeaders().set("x-amzn-requestid", reply.requestId());
        HttpReply.send(
                exchange, reply.status(), "text/xml;charset=UTF-8", reply.body().getBytes(StandardCharsets.UTF_8));
    }

    private static String principal(HttpExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        Matcher credential = CREDENTIAL.matcher(authorization == null ? "" : authorization);
        return credential.find() ? credential.group(1) : "";
    }
}
