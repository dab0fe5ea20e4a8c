package io.jenkins.plugins.awsoperations.simulator.wire;

import io.jenkins.plugins.awsoperations.simulator.FaultEffect;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One call on its way through a service: what was asked, when, by whom, and the reply so far. */
public final class ServiceCall {

    private final QueryRequest request;
    private final Instant now;
    private final SimulatorSettings settings;
    private final FaultEffect effect;
    private final String principal;
    private final XmlBody reply = new XmlBody();
    private @Nullable String resource;

    ServiceCall(QueryRequest request, Instant now, SimulatorSettings settings, FaultEffect effect, String principal) {
        this.request = request;
        this.now = now;
        this.settings = settings;
        this.effect = effect;
        this.principal = principal;
    }

    /** What was asked. */
    public QueryRequest request() {
        return request;
    }

    /** Simulated time of the call, the same throughout. */
    public Instant now() {
        return now;
    }

    /** The settings at the time of the call. */
    public SimulatorSettings settings() {
        return settings;
    }

    /** What goes wrong with this call. */
    public FaultEffect effect() {
        return effect;
    }

    /** Access key id of the caller; empty when the request was not signed. */
    public String principal() {
        return principal;
    }

    /** The elements of the reply, without the root element and the request id. */
    public XmlBody reply() {
        return reply;
    }

    /** Whether the call only asks whether it would be permitted. */
    public boolean dryRun() {
        return request.flag("DryRun");
    }

    /** Whether a deny fault hit this call. */
    public boolean denied() {
        return effect.answer() == FaultEffect.Answer.DENY;
    }

    /** Writes made up to this instant are seen by Describe calls; later ones are not yet. */
    public Instant horizon() {
        return now.minus(settings.consistencyDelay());
    }

    /** Notes for the ledger what the call created or removed. */
    public void resource(String ids) {
        this.resource = ids;
    }

    /** What the call created or removed, or null. */
    public @Nullable String resource() {
        return resource;
    }
}
