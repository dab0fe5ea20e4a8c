package io.jenkins.plugins.awsoperations.simulator.wire;

import java.util.List;
import java.util.Map;

/** The Query protocol: reads requests and finds the service that each is for by the version that it names. */
public final class QueryProtocol {

    private final List<QueryService> services;

    /**
     * The protocol of some services.
     *
     * @param services the services, of which the first gets what no other claims
     */
    public QueryProtocol(List<QueryService> services) {
        this.services = List.copyOf(services);
    }

    /**
     * Reads a request.
     *
     * @param form the body, or the query string of a GET
     * @throws AwsError when it is none
     */
    public WireRequest read(String form) {
        QueryRequest request = QueryRequest.parse(form);
        QueryService service = services.stream()
                .filter(candidate -> candidate.version().equals(request.version()))
                .findFirst()
                .orElse(services.get(0));
        return new Request(service, request);
    }

    /** The reply to what {@link #read} refuses. */
    public WireReply unreadable(AwsError error) {
        return WireReply.xml(
                error.status(), services.get(0).failure(error, "").toString(), "00000000-0000-0000-0000-000000000000");
    }

    private record Request(QueryService served, QueryRequest request) implements WireRequest {

        @Override
        public String service() {
            return served.name();
        }

        @Override
        public String action() {
            return request.action();
        }

        @Override
        public Map<String, String> parameters() {
            return request.parameters();
        }

        @Override
        public boolean dryRun() {
            return request.flag("DryRun");
        }

        @Override
        public boolean sharesDefaultBuckets() {
            return true;
        }

        @Override
        public boolean unfiltered() {
            return request.parameters().keySet().stream()
                    .noneMatch(name -> name.startsWith("Filter.")
                            || name.startsWith("InstanceId.")
                            || name.startsWith("SnapshotId.")
                            || name.equals("MaxResults")
                            || name.equals("NextToken"));
        }

        @Override
        public void check() {
            if (request.action().isEmpty()) {
                throw AwsError.badRequest("MissingAction", "The request is missing an action or a required parameter.");
            }
            if (!served.version().equals(request.version())) {
                throw AwsError.badRequest(
                        "NoSuchVersion",
                        "The requested version (" + request.version() + ") of service " + served.name()
                                + " does not exist");
            }
            if (!served.knows(request.action())) {
                throw AwsError.badRequest(
                        "InvalidAction", "The action " + request.action() + " is not valid for this web service.");
            }
        }

        @Override
        public Acted act(CallFacts facts, String requestId) {
            ServiceCall call = new ServiceCall(request, facts);
            served.handle(call);
            String body =
                    served.success(request.action(), call.reply(), requestId).toString();
            return Acted.of(call, WireReply.xml(200, body, requestId));
        }

        @Override
        public AwsError expired() {
            return served.expired();
        }

        @Override
        public AwsError throttled() {
            return served.throttled();
        }

        @Override
        public AwsError internalError() {
            return new AwsError("InternalError", "An internal error has occurred", 500);
        }

        @Override
        public WireReply failure(AwsError error, String requestId) {
            return WireReply.xml(
                    error.status(), served.failure(error, requestId).toString(), requestId);
        }
    }
}
