package io.jenkins.plugins.awsoperations.simulator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.jenkins.plugins.awsoperations.simulator.s3.S3Protocol;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.Gateway;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonProtocol;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryProtocol;
import io.jenkins.plugins.awsoperations.simulator.wire.WireReply;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AWS's endpoint. POST, or GET, at {@code /} is the Query protocol, with a header {@code X-Amz-Target} it is JSON; any
 * other path is an object of S3. Signatures are not verified.
 */
public final class AwsEndpoint implements HttpHandler {

    private static final Logger LOG = System.getLogger(AwsEndpoint.class.getName());

    // Signature Version 4: "Credential=AKID/20260101/ap-northeast-1/ec2/aws4_request".
    private static final Pattern CREDENTIAL = Pattern.compile("Credential=([^/,\\s]+)/");

    private final Gateway gateway;
    private final QueryProtocol query;
    private final JsonProtocol json;
    private final S3Protocol objects;

    /** An endpoint of services in all protocols. */
    public AwsEndpoint(Gateway gateway, QueryProtocol query, JsonProtocol json, S3Protocol objects) {
        this.gateway = gateway;
        this.query = query;
        this.json = json;
        this.objects = objects;
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
        String stranger = LocalCallers.refusal(exchange);
        if (stranger != null) {
            HttpReply.text(exchange, 403, stranger + "\n");
            return;
        }
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        if (!path.equals("/")) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            send(exchange, gateway.handle(objects.read(method, path, range), principal(exchange)));
            return;
        }
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (method.equals("POST") && target != null) {
            send(exchange, gateway.handle(json.read(target, RequestBody.read(exchange)), principal(exchange)));
        } else if (method.equals("POST")) {
            answerQuery(exchange, RequestBody.read(exchange));
        } else if (method.equals("GET")) {
            String form = exchange.getRequestURI().getRawQuery();
            answerQuery(exchange, form == null ? "" : form);
        } else {
            HttpReply.text(exchange, 405, "POST or GET\n");
        }
    }

    private void answerQuery(HttpExchange exchange, String form) throws IOException {
        WireReply reply;
        try {
            reply = gateway.handle(query.read(form), principal(exchange));
        } catch (AwsError unreadable) {
            reply = query.unreadable(unreadable);
        }
        send(exchange, reply);
    }

    private static void send(HttpExchange exchange, WireReply reply) throws IOException {
        if (reply.isDropped()) {
            // Closing an exchange whose headers were not sent closes the connection.
            return;
        }
        exchange.getResponseHeaders().set("x-amzn-requestid", reply.requestId());
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        HttpReply.send(exchange, reply.status(), reply.body());
    }

    private static String principal(HttpExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        Matcher credential = CREDENTIAL.matcher(authorization == null ? "" : authorization);
        return credential.find() ? credential.group(1) : "";
    }
}
