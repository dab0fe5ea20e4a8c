package io.jenkins.plugins.awsoperations.simulator.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages out. To listen on 127.0.0.1 only is not enough: a page in a browser on this machine can send requests
 * there, also under a host name of its own that resolves to it (DNS rebinding), and the simulator may run commands.
 */
final class LocalCallers {

    private static final Pattern LOCAL_HOST = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?");

    private LocalCallers() {}

    /** Why a request is refused, or null when it comes from a program on this machine. */
    static @Nullable String refusal(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String host = headers.getFirst("Host");
        if (host == null || !LOCAL_HOST.matcher(host).matches()) {
            return "Host must be 127.0.0.1, localhost or [::1], not " + host;
        }
        // Fetch Metadata: "none" is an address that a person typed; a page's images and scripts carry no Origin.
        String site = headers.getFirst("Sec-Fetch-Site");
        if (headers.containsKey("Origin") || site != null && !site.equals("none")) {
            return "requests from web pages are refused";
        }
        return null;
    }
}
