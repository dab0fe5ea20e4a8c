package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The agent on one node, from behind the scenes. Every method takes effect at once. Thread-safe. */
public final class NodeAgent {

    private static final Set<String> PLATFORMS = Set.of("Windows", "Linux", "MacOS");

    private final String instanceId;
    private final SimulatorParts parts;
    private final Wake wake;
    private Mode mode = Mode.ONLINE;
    private String platform;
    private Duration pickupDelay = Duration.ofSeconds(1);
    private Duration clockSkew = Duration.ZERO;
    private boolean diesMidway;
    private @Nullable NodeScript script;

    NodeAgent(String instanceId, String platform, SimulatorParts parts, Wake wake) {
        this.instanceId = instanceId;
        this.platform = platform;
        this.parts = parts;
        this.wake = wake;
    }

    /** What an agent is up to. */
    enum Mode {
        ONLINE("online"),
        CONNECTION_LOST("connectionLost"),
        STALE("stale"),
        ABSENT("absent");

        private final String text;

        Mode(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Is told that the agent may have something to do. */
    @FunctionalInterface
    interface Wake {

        void wake(NodeAgent agent, Instant now);
    }

    /** It works: PingStatus Online, and it takes commands, also those that have waited for it. */
    public NodeAgent online() {
        return become(Mode.ONLINE);
    }

    /** It has lost its connection: PingStatus ConnectionLost. What it runs goes on, and is reported once it is online. */
    public NodeAgent connectionLost() {
        return become(Mode.CONNECTION_LOST);
    }

    /** PingStatus Online, but it takes no command until {@link #online()}. What it runs is reported. */
    public NodeAgent stale() {
        return become(Mode.STALE);
    }

    /** There is no agent on the instance, as far as Systems Manager knows. */
    public NodeAgent absent() {
        return become(Mode.ABSENT);
    }

    private NodeAgent become(Mode next) {
        return change(now -> {
            mode = next;
            wake.wake(this, now);
        });
    }

    /** Another platform type than the instance's own: {@code Windows}, {@code Linux} or {@code MacOS}. */
    public NodeAgent platform(String type) {
        if (!PLATFORMS.contains(type)) {
            throw new IllegalArgumentException("\"" + type + "\" is none of " + PLATFORMS);
        }
        return change(now -> platform = type);
    }

    /** How long it takes to notice a command, or that one is cancelled; default 1 s. */
    public NodeAgent pickupDelay(Duration value) {
        return change(now -> pickupDelay = value);
    }

    /** By how much the node's clock is ahead; negative: behind. Default 0. */
    public NodeAgent clockSkew(Duration value) {
        return change(now -> clockSkew = value);
    }

    /**
     * It starts the next command, loses its connection at that moment, and never reports that command, also when it is
     * online again. The command itself goes on, as {@link SsmWorld#runs()} shows.
     */
    public NodeAgent diesMidway() {
        return change(now -> diesMidway = true);
    }

    /** What its commands do from now on, instead of running for real; null: the default again. */
    public NodeAgent script(@Nullable NodeScript value) {
        return change(now -> script = value);
    }

    private NodeAgent change(Consumer<Instant> what) {
        parts.locked(now -> {
            what.accept(now);
            return now;
        });
        return this;
    }

    String instanceId() {
        return instanceId;
    }

    Mode mode() {
        return mode;
    }

    String platform() {
        return platform;
    }

    Duration pickupDelay() {
        return pickupDelay;
    }

    Duration clockSkew() {
        return clockSkew;
    }

    @Nullable
    NodeScript script() {
        return script;
    }

    /** Whether it dies with the command that it starts now; only once. */
    boolean diesNow() {
        boolean dies = diesMidway;
        if (dies) {
            diesMidway = false;
            mode = Mode.CONNECTION_LOST;
        }
        return dies;
    }

    /** The exit code by which a script asks for a reboot (user guide, "Handling reboots when running commands"). */
    int rebootCode() {
        return platform.equals("Windows") ? 3010 : 194;
    }
}
