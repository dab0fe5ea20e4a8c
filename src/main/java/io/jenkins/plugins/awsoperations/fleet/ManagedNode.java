package io.jenkins.plugins.awsoperations.fleet;

/**
 * What Systems Manager knows of an instance whose agent has registered itself.
 *
 * @param instanceId as {@code i-0336e59739a4e0cee}
 * @param pingStatus {@code Online} or {@code ConnectionLost}
 * @param platform {@code Linux}, {@code Windows} or {@code MacOS}
 */
public record ManagedNode(String instanceId, String pingStatus, String platform) {

    /** Whether its agent answers. */
    public boolean isOnline() {
        return pingStatus.equals("Online");
    }
}
