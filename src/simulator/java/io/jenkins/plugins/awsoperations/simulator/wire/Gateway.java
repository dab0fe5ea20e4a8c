package io.jenkins.plugins.awsoperations.simulator.wire;

import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.FaultEffect;
import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way of every call, whatever its protocol: take a token, apply the first matching fault, act, write the ledger.
 * One call at a time, so that the ledger's order is the order in which things took effect.
 */
public final class Gateway {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9.]+)}");

    private final Callers callers;
    private final SimulatorParts parts;
    private final RequestThrottle throttle = new RequestThrottle();
    private final SplittableRandom requestIds;

    /**
     * A gateway.
     *
     * @param callers who the callers are
     * @param parts what the simulator's parts share
     */
    public Gateway(Callers callers, SimulatorParts parts) {
        this.callers = callers;
        this.parts = parts;
        this.requestIds = new SplittableRandom(parts.seed());
    }

    /**
     * Handles one request.
     *
     * @param request what was asked
     * @param principal access key id of the caller, or empty
     */
    public WireReply handle(WireRequest request, String principal) {
        return parts.locked(now -> {
            String requestId = new UUID(requestIds.nextLong(), requestIds.nextLong()).toString();
            Outcome outcome = outcome(request, principal, requestId, now);
            parts.ledger()
                    .append(sequence -> new Call(
                            sequence,
                            now,
                            request.service(),
                            request.action(),
                            request.parameters(),
                            outcome.ledgerEntry(),
                            requestId,
                            principal,
                            outcome.resource()));
            return outcome.reply();
        });
    }

    private Outcome outcome(WireRequest request, String principal, String requestId, Instant now) {
        FaultEffect effect = FaultEffect.NONE;
        String resource = null;
        WireReply reply = null;
        AwsError failure = null;
        try {
            admit(request, principal, now);
            effect = parts.faults().take(request.action(), request.parameters(), request.dryRun());
            if (effect.answer() == FaultEffect.Answer.LOSE_REQUEST) {
                return new Outcome(WireReply.dropped(requestId), Call.REQUEST_LOST, null);
            }
            refuse(request, effect);
            WireRequest.Acted acted = request.act(new CallFacts(now, parts.settings(), effect, principal), requestId);
            reply = acted.reply();
            resource = acted.resource();
            if (effect.answer() == FaultEffect.Answer.SERVER_ERROR_AFTER) {
                failure = request.internalError();
            }
        } catch (AwsError e) {
            failure = e;
        }
        if (effect.answer() == FaultEffect.Answer.LOSE_REPLY) {
            return new Outcome(WireReply.dropped(requestId), Call.REPLY_LOST, resource);
        }
        return failure == null && reply != null
                ? new Outcome(reply, Call.OK, resource)
                : failed(request, failure == null ? request.internalError() : failure, requestId, resource);
    }

    private static Outcome failed(WireRequest request, AwsError failure, String requestId, @Nullable String resource) {
        return new Outcome(request.failure(failure, requestId), failure.code(), resource);
    }

    private void admit(WireRequest request, String principal, Instant now) {
        request.check();
        if (parts.settings().sessionExpiryEnforced() && callers.expired(principal, now)) {
            throw request.expired();
        }
        if (!throttle.admits(parts.settings().buckets(), request, now)) {
            throw request.throttled();
        }
    }

    private static void refuse(WireRequest request, FaultEffect effect) {
        switch (effect.answer()) {
            case THROTTLE -> throw request.throttled();
            case SERVER_ERROR_BEFORE -> throw request.internalError();
            case ERROR -> {
                FaultEffect.ErrorAnswer error = effect.error();
                if (error != null) {
                    throw new AwsError(error.code(), fill(error.message(), request.parameters()), error.status());
                }
            }
            default -> {
                // The other effects come into play while the call is handled, or after it.
            }
        }
    }

    private static String fill(String template, Map<String, String> parameters) {
        Matcher matcher = PLACEHOLDER.matcher(template);
        return matcher.replaceAll(found -> {
            String value = parameters.get(found.group(1));
            return Matcher.quoteReplacement(value == null ? found.group() : value);
        });
    }

    private record Outcome(
            WireReply reply, String ledgerEntry, @Nullable String resource) {}
}
