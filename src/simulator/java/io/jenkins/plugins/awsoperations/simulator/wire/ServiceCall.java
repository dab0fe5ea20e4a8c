package io.jenkins.plugins.awsoperations.simulator.wire;

/** A call of the Query protocol: what was asked, and the reply so far. */
public final class ServiceCall extends ServedCall {

    private final QueryRequest request;
    private final XmlBody reply = new XmlBody();

    ServiceCall(QueryRequest request, CallFacts facts) {
        super(facts);
        this.request = request;
    }

    /** What was asked. */
    public QueryRequest request() {
        return request;
    }

    /** The elements of the reply, without the root element and the request id. */
    public XmlBody reply() {
        return reply;
    }

    /** Whether the call only asks whether it would be permitted. */
    public boolean dryRun() {
        return request.flag("DryRun");
    }
}
