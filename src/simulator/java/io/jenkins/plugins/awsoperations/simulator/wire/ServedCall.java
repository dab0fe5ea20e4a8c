package io.jenkins.plugins.awsoperations.simulator.wire;

import io.jenkins.plugins.awsoperations.simulator.FaultEffect;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One call on its way through a service: when, by whom, what goes wrong, and what it created. */
public abstract class ServedCall {

    private final CallFacts facts;
    private @Nullable String resource;

    /** A call of which this much is known. */
    protected ServedCall(CallFacts facts) {
        this.facts = facts;
    }

    /** Simulated time of the call, the same throughout. */
    public final Instant now() {
        return facts.now();
    }

    /** The settings at the time of the call. */
    public final SimulatorSettings settings() {
        return facts.settings();
    }

    /** What goes wrong with this call. */
    public final FaultEffect effect() {
        return facts.effect();
    }

    /** Access key id of the caller; empty when the request was not signed. */
    public final String principal() {
        return facts.principal();
    }

    /** Whether a deny fault hit this call. */
    public final boolean denied() {
        return facts.effect().answer() == FaultEffect.Answer.DENY;
    }

    /** Writes made up to this instant are seen by reading calls; later ones are not yet. */
    public final Instant horizon() {
        return facts.now().minus(facts.settings().consistencyDelay());
    }

    /** Notes for the ledger what the call created or removed. */
    public final void resource(String ids) {
        this.resource = ids;
    }

    /** What the call created or removed, or null. */
    public final @Nullable String resource() {
        return resource;
    }
}
