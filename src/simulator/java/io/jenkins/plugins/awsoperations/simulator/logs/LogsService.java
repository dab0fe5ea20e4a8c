package io.jenkins.plugins.awsoperations.simulator.logs;

import io.jenkins.plugins.awsoperations.simulator.wire.Account;
import io.jenkins.plugins.awsoperations.simulator.wire.Constraints;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonService;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The CloudWatch Logs API, version 2014-03-28, as far as output is read from it. */
final class LogsService implements JsonService {

    static final Constraints CONSTRAINTS = new Constraints("InvalidParameterException");

    private final Map<String, Consumer<JsonCall>> actions = new HashMap<>();

    LogsService(LogsWorld world, Account account, SplittableRandom random) {
        LogLookup lookup = new LogLookup(world, account);
        EventPages pages = new EventPages(random);
        actions.put("GetLogEvents", new StreamReading(lookup, pages)::run);
        actions.put("FilterLogEvents", new GroupReading(lookup, pages)::run);
        actions.put("DescribeLogStreams", new StreamListing(lookup)::run);
    }

    @Override
    public String name() {
        return "logs";
    }

    @Override
    public String targetPrefix() {
        return "Logs_20140328";
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
