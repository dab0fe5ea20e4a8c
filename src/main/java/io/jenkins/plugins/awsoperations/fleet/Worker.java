package io.jenkins.plugins.awsoperations.fleet;

import org.jspecify.annotations.Nullable;

/**
 * An instance that may run commands.
 *
 * @param instance the instance
 * @param node what Systems Manager knows of it, or null for nothing: no agent, no permission, or stopped
 */
public record Worker(FleetInstance instance, @Nullable ManagedNode node) {

    public String id() {
        return instance.id();
    }

    /** {@code Linux}, {@code Windows} or {@code MacOS}; an empty text when Systems Manager does not know it. */
    public String platform() {
        return node == null ? "" : node.platform();
    }

    /** Whether it takes commands. */
    public boolean isReachable() {
        return obstacle() == null;
    }

    /** Why it takes no commands, for people; null when it does. */
    public @Nullable String obstacle() {
        if (!instance.state().equals("running")) {
            return instance.state();
        }
        if (node == null) {
            return "not registered with Systems Manager";
        }
        return node.isOnline() ? null : "its agent is " + node.pingStatus();
    }
}
