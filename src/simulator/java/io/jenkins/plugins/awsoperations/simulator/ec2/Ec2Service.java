package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryService;
import io.jenkins.plugins.awsoperations.simulator.wire.ServiceCall;
import io.jenkins.plugins.awsoperations.simulator.wire.XmlBody;
import java.util.HashMap;
import java.util.Map;

/** The EC2 Query API, version 2016-11-15, as far as backups need it. */
final class Ec2Service implements QueryService {

    private static final String VERSION = "2016-11-15";
    private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";

    private final Ec2Store store;
    private final Map<String, Ec2Action> actions = new HashMap<>();

    Ec2Service(Ec2Context context) {
        this.store = context.store();
        InstanceActions instances = new InstanceActions(context);
        actions.put("RunInstances", new InstanceLaunch(context));
        actions.put("DescribeInstances", new InstanceListing(context));
        actions.put("DescribeInstanceStatus", new InstanceStatusListing(context));
        actions.put("StopInstances", instances::stop);
        actions.put("StartInstances", instances::start);
        actions.put("RebootInstances", instances::reboot);
        actions.put("TerminateInstances", instances::terminate);
        ImageActions images = new ImageActions(context);
        actions.put("CreateImage", new ImageCreation(context));
        actions.put("DescribeImages", new ImageListing(context));
        actions.put("DescribeImageReferences", new ImageReferences(context));
        actions.put("DeregisterImage", images::deregister);
        actions.put("EnableImageDeprecation", images::enableDeprecation);
        actions.put("DisableImageDeprecation", images::disableDeprecation);
        actions.put("EnableImageDeregistrationProtection", images::enableProtection);
        actions.put("DisableImageDeregistrationProtection", images::disableProtection);
        actions.put("EnableImage", images::enable);
        actions.put("DisableImage", images::disable);
        SnapshotActions snapshots = new SnapshotActions(context);
        actions.put("DescribeSnapshots", snapshots::describe);
        actions.put("DeleteSnapshot", snapshots::delete);
        TagActions tags = new TagActions(context);
        actions.put("CreateTags", tags::create);
        actions.put("DeleteTags", tags::delete);
        actions.put("DescribeTags", tags::describe);
        actions.put("DescribeRegions", new RegionListing(context));
    }

    @Override
    public String name() {
        return "ec2";
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public boolean knows(String action) {
        return actions.containsKey(action);
    }

    @Override
    public void handle(ServiceCall call) {
        store.forget(call.horizon());
        Ec2Action action = actions.get(call.request().action());
        if (action == null) {
            throw new IllegalArgumentException(call.request().action());
        }
        action.run(call);
    }

    @Override
    public AwsError throttled() {
        return new AwsError("RequestLimitExceeded", "Request limit exceeded.", 503);
    }

    @Override
    public AwsError expired() {
        return AwsError.badRequest("RequestExpired", "Request has expired.");
    }

    @Override
    public XmlBody success(String action, XmlBody reply, String requestId) {
        String root = action + "Response";
        return new XmlBody()
                .open(root, NAMESPACE)
                .text("requestId", requestId)
                .append(reply)
                .close(root);
    }

    @Override
    public XmlBody failure(AwsError error, String requestId) {
        return new XmlBody()
                .open("Response")
                .open("Errors")
                .open("Error")
                .text("Code", error.code())
                .text("Message", String.valueOf(error.getMessage()))
                .close("Error")
                .close("Errors")
                .text("RequestID", requestId)
                .close("Response");
    }
}
