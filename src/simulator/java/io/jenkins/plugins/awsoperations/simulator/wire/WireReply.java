package io.jenkins.plugins.awsoperations.simulator.wire;

/**
 * What goes back over the wire.
 *
 * @param status HTTP status; 0 when the connection is to be dropped without a byte
 * @param body XML
 * @param requestId AWS request id
 */
public record WireReply(int status, String body, String requestId) {

    static WireReply dropped(String requestId) {
        return new WireReply(0, "", requestId);
    }

    /** Whether the connection is to be dropped without a byte of a reply. */
    public boolean isDropped() {
        return status == 0;
    }
}
