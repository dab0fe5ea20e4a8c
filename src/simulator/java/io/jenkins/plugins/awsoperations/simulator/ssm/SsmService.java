package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.s3.S3World;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonService;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The Systems Manager API, version 2014-11-06, as far as Run Command needs it. */
final class SsmService implements JsonService {

    private final Map<String, Consumer<JsonCall>> actions = new HashMap<>();

    SsmService(SsmContext context, Delivery delivery, S3World s3) {
        CommandListing listing = new CommandListing(context);
        actions.put("SendCommand", new CommandSending(context, delivery, s3)::run);
        actions.put("CancelCommand", new CommandCancelling(context, delivery)::run);
        actions.put("GetCommandInvocation", new InvocationReading(context)::run);
        actions.put("ListCommands", listing::listCommands);
        actions.put("ListCommandInvocations", listing::listInvocations);
        actions.put("DescribeInstanceInformation", new NodeListing(context)::run);
    }

    @Override
    public String name() {
        return "ssm";
    }

    @Override
    public String targetPrefix() {
        return "AmazonSSM";
    }

    @Override
    public boolean knows(String action) {
        return actions.containsKey(action);
    }

    @Override
    public void handle(JsonCall call) {
        Consumer<JsonCall> action = actions.get(call.action());
        if (action == null) {
            throw new IllegalArgumentException(call.action());
        }
        action.accept(call);
    }
}
