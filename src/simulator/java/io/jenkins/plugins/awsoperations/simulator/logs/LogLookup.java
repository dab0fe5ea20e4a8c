package io.jenkins.plugins.awsoperations.simulator.logs;

import static io.jenkins.plugins.awsoperations.simulator.logs.LogsService.CONSTRAINTS;

import io.jenkins.plugins.awsoperations.simulator.wire.Account;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds groups and streams that a call names, if the caller may read them. */
record LogLookup(LogsWorld world, Account account) {

    // API reference, GetLogEvents.
    private static final Pattern GROUP = Pattern.compile("[.\\-_/#A-Za-z0-9]{1,512}");
    private static final Pattern STREAM = Pattern.compile("[^:*]{1,512}");

    /** The name of the group that a call is about. */
    static String groupName(JsonCall call) {
        return CONSTRAINTS.required("logGroupName", CONSTRAINTS.text(call.request(), "logGroupName", GROUP));
    }

    /** The name of a stream that a call gives, or null. */
    static @Nullable String streamName(JsonCall call, String member) {
        return CONSTRAINTS.text(call.request(), member, STREAM);
    }

    /** The streams of a group, once it is clear that the caller may read them. An action calls this exactly once. */
    SortedMap<String, LogStream> group(JsonCall call, String name) {
        account.permit(call, "logs:" + call.action(), arn(name) + ":log-stream:");
        SortedMap<String, LogStream> streams = world.group(name);
        if (streams == null) {
            throw notFound("group");
        }
        return streams;
    }

    static LogStream stream(SortedMap<String, LogStream> group, String name) {
        LogStream stream = group.get(name);
        if (stream == null) {
            throw notFound("stream");
        }
        return stream;
    }

    String arn(String groupName) {
        return "arn:aws:logs:" + account.region() + ":" + account.accountId() + ":log-group:" + groupName;
    }

    private static AwsError notFound(String what) {
        return AwsError.badRequest("ResourceNotFoundException", "The specified log " + what + " does not exist.");
    }
}
