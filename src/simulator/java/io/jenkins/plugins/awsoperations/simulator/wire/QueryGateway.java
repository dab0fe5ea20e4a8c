package io.jenkins.plugins.awsoperations.simulator.wire;

import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.FaultEffect;
import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way of every call: find the service, take a token, apply the first matching fault, act, write the ledger. One
 * call at a time, so that the ledger's order is the order in which things took effect.
 */
public final class QueryGateway {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9.]+)}");

    private final List<QueryService> services;
    private final Callers callers;
    private final SimulatorParts parts;
    private final RequestThrottle throttle = new RequestThrottle();
    private final SplittableRandom requestIds;

    /**
     * A gateway to some services.
     *
     * @param services the services, of which the first gets what no other claims
     * @param callers who the callers are
     * @param parts what the simulator's parts share
     */
    public QueryGateway(List<QueryService> services, Callers callers, SimulatorParts parts) {
        this.services = List.copyOf(services);
        this.callers = callers;
        this.parts = parts;
        this.requestIds = new SplittableRandom(parts.seed());
    }

    /**
     * Handles one request.
     *
     * @param form the body, or the query string of a GET
     * @param principal access key id of the caller, or empty
     */
    public WireReply handle(String form, String principal) {
        parts.lock().lock();
        try {
            String requestId = new UUID(requestIds.nextLong(), requestIds.nextLong()).toString();
            return answer(form, principal, requestId);
        } finally {
            parts.lock().unlock();
        }
    }

    private WireReply answer(String form, String principal, String requestId) {
        QueryRequest request;
        try {
            request = QueryRequest.parse(form);
        } catch (AwsError unreadable) {
            return error(services.get(0), unreadable, requestId);
        }
        QueryService service = serviceOf(request);
        Instant now = parts.clock().instant();
        Outcome outcome = outcome(service, request, principal, requestId, now);
        parts.ledger()
                .append(sequence -> new Call(
                        sequence,
                        now,
                        service.name(),
                        request.action(),
                        request.parameters(),
                        outcome.ledgerEntry(),
                        requestId,
                        principal,
                        outcome.resource()));
        return outcome.reply();
    }

    private QueryService serviceOf(QueryRequest request) {
        return services.stream()
                .filter(service -> service.version().equals(request.version()))
                .findFirst()
                .orElse(services.get(0));
    }

    private Outcome outcome(
            QueryService service, QueryRequest request, String principal, String requestId, Instant now) {
        FaultEffect effect = FaultEffect.NONE;
        String resource = null;
        String body = "";
        AwsError failure = null;
        try {
            admit(service, request, principal, now);
            effect = parts.faults().take(request.action(), request.parameters(), request.flag("DryRun"));
            if (effect.answer() == FaultEffect.Answer.LOSE_REQUEST) {
                return new Outcome(WireReply.dropped(requestId), Call.REQUEST_LOST, null);
            }
            refuse(service, request, effect);
            ServiceCall call = new ServiceCall(request, now, parts.settings(), effect, principal);
            service.handle(call);
            resource = call.resource();
            body = service.success(request.action(), call.reply(), requestId).toString();
            if (effect.answer() == FaultEffect.Answer.SERVER_ERROR_AFTER) {
                failure = internalError();
            }
        } catch (AwsError e) {
            failure = e;
        }
        if (effect.answer() == FaultEffect.Answer.LOSE_REPLY) {
            return new Outcome(WireReply.dropped(requestId), Call.REPLY_LOST, resource);
        }
        return failure == null
                ? new Outcome(new WireReply(200, body, requestId), Call.OK, resource)
                : new Outcome(error(service, failure, requestId), failure.code(), resource);
    }

    private void admit(QueryService service, QueryRequest request, String principal, Instant now) {
        if (request.action().isEmpty()) {
            throw AwsError.badRequest("MissingAction", "The request is missing an action or a required parameter.");
        }
        if (!service.version().equals(request.version())) {
            throw AwsError.badRequest(
                    "NoSuchVersion",
                    "The requested version (" + request.version() + ") of service " + service.name()
                            + " does not exist");
        }
        if (!service.knows(request.action())) {
            throw AwsError.badRequest(
                    "InvalidAction", "The action " + request.action() + " is not valid for this web service.");
        }
        if (parts.settings().sessionExpiryEnforced() && callers.expired(principal, now)) {
            throw service.expired();
        }
        if (!throttle.admits(parts.settings().buckets(), request, now)) {
            throw service.throttled();
        }
    }

    private static void refuse(QueryService service, QueryRequest request, FaultEffect effect) {
        switch (effect.answer()) {
            case THROTTLE -> throw service.throttled();
            case SERVER_ERROR_BEFORE -> throw internalError();
            case ERROR -> {
                FaultEffect.ErrorAnswer error = effect.error();
                if (error != null) {
                    throw new AwsError(error.code(), fill(error.message(), request), error.status());
                }
            }
            default -> {
                // The other effects come into play while the call is handled, or after it.
            }
        }
    }

    private static String fill(String template, QueryRequest request) {
        Matcher matcher = PLACEHOLDER.matcher(template);
        return matcher.replaceAll(found -> {
            String value = request.optional(found.group(1));
            return Matcher.quoteReplacement(value == null ? found.group() : value);
        });
    }

    private static AwsError internalError() {
        return new AwsError("InternalError", "An internal error has occurred", 500);
    }

    private static WireReply error(QueryService service, AwsError error, String requestId) {
        return new WireReply(error.status(), service.failure(error, requestId).toString(), requestId);
    }

    private record Outcome(
            WireReply reply, String ledgerEntry, @Nullable String resource) {}
}
