package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.alert.FailEventRequest;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The parameters of {@code sendFailEvent}. Limits are checked by {@link FailEventRequest}, as for Jenkins. */
final class FailEventOptions {

    @Option(
            names = "--channel",
            paramLabel = "NAME",
            required = true,
            description = "Whom to tell, as high: rules choose their events by it. 1 to 128 characters.")
    String channel = "";

    @Option(
            names = "--error",
            paramLabel = "NAME",
            description = "The error's short name; cut after 256 characters. Default: Failed.")
    @Nullable
    String error;

    @ArgGroup
    CauseOptions cause = new CauseOptions();

    @Option(
            names = "--event-bus",
            paramLabel = "NAME",
            defaultValue = FailEventRequest.DEFAULT_EVENT_BUS,
            description = "Name or ARN of the event bus. Default: ${DEFAULT-VALUE}.")
    String eventBus = FailEventRequest.DEFAULT_EVENT_BUS;

    @Option(
            names = "--source",
            paramLabel = "TEXT",
            defaultValue = FailEventRequest.DEFAULT_SOURCE,
            description = "The event's source, which must not begin with aws. Default: ${DEFAULT-VALUE}.")
    String source = FailEventRequest.DEFAULT_SOURCE;

    @Option(
            names = "--detail-type",
            paramLabel = "TEXT",
            defaultValue = FailEventRequest.DEFAULT_DETAIL_TYPE,
            description = "The event's detail type. Default: ${DEFAULT-VALUE}.")
    String detailType = FailEventRequest.DEFAULT_DETAIL_TYPE;

    @Option(names = "--execution-url", paramLabel = "URL", description = "The page of what has failed.")
    @Nullable
    String executionUrl;

    @Option(
            names = "--resource",
            paramLabel = "ARN",
            description = "ARN or id of what it failed on; give it once for each.")
    List<String> resources = new ArrayList<>();

    /** One of them at most. */
    static final class CauseOptions {

        @Option(
                names = "--cause",
                paramLabel = "TEXT",
                description = "Why it failed: a text, or a JSON object or array. Cut when it is too long for an event.")
        @Nullable
        String text;

        @Option(names = "--cause-file", paramLabel = "FILE", description = "A file with the cause, in UTF-8.")
        @Nullable
        Path file;

        @Nullable
        String read() {
            if (file == null) {
                return text;
            }
            try {
                return TextFile.read(file);
            } catch (IOException e) {
                throw new OperationException(OperationFailure.of(
                        FailureKind.CONFIGURATION,
                        "--cause-file '" + file + "' cannot be read as UTF-8 text: " + e,
                        "Nothing was done."));
            }
        }
    }

    FailEventRequest request() {
        return FailEventRequest.builder()
                .channel(channel)
                .error(error)
                .cause(cause.read())
                .eventBus(eventBus)
                .source(source)
                .detailType(detailType)
                .executionUrl(executionUrl)
                .resources(resources)
                .build();
    }
}
