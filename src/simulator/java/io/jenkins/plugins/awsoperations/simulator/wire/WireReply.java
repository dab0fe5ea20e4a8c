package io.jenkins.plugins.awsoperations.simulator.wire;

import java.util.Map;

/**
 * What goes back over the wire.
 *
 * @param status HTTP status; 0 when the connection is to be dropped without a byte
 * @param headers further headers, of which {@code Content-Type} is one
 * @param body what it says
 * @param requestId AWS request id
 */
public record WireReply(int status, Map<String, String> headers, Blob body, String requestId) {

    /** Copies the headers. */
    public WireReply {
        headers = Map.copyOf(headers);
    }

    /** A reply in XML. */
    public static WireReply xml(int status, String body, String requestId) {
        return new WireReply(status, Map.of("Content-Type", "text/xml;charset=UTF-8"), Blob.of(body), requestId);
    }

    static WireReply dropped(String requestId) {
        return new WireReply(0, Map.of(), Blob.of(""), requestId);
    }

    /** Whether the connection is to be dropped without a byte of a reply. */
    public boolean isDropped() {
        return status == 0;
    }
}
