package io.jenkins.plugins.awsoperations.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.RequestBuckets;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import io.jenkins.plugins.awsoperations.simulator.states.ExecutionView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The process in which {@code bench await} has its simulated AWS, so that neither its heap nor its threads are counted with the
 * engine's. It answers one line with one line, and ends when nobody writes to it any more.
 */
final class BenchSimulator {

    /** Empties the ledger. */
    static final String CLEAR = "clear";

    /** Asks for what happened. */
    static final String REPORT = "report";

    private BenchSimulator() {}

    /** Where it is. */
    record Ready(URI endpoint, String stateMachineArn) {}

    /** One execution: when it ended, ISO 8601, and what it came to. */
    record End(String arn, String status, @Nullable String stoppedAt) {}

    /** What happened since it was cleared. */
    record Report(Map<String, CallRate> calls, List<End> executions) {}

    /** @param args speed, and the origin of {@link SharedClock}, ISO 8601 */
    public static void main(String[] args) throws IOException {
        ObjectMapper json = new ObjectMapper();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        SimulatorSettings settings =
                SimulatorSettings.builder().buckets(RequestBuckets.aws()).build();
        try (AwsSimulator aws = AwsSimulator.builder()
                        .clock(SharedClock.since(Instant.parse(args[1]), Double.parseDouble(args[0])))
                        .settings(settings)
                        .start();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            String machine = aws.states().createStateMachine("bench", AwaitBench.MACHINE);
            out.println(json.writeValueAsString(new Ready(aws.endpoint(), machine)));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals(CLEAR)) {
                    aws.ledger().clear();
                    out.println();
                } else {
                    out.println(json.writeValueAsString(report(aws)));
                }
            }
        }
    }

    private static Report report(AwsSimulator aws) {
        return new Report(
                CallRate.of(aws.ledger().calls(), RequestBuckets.aws()),
                aws.states().executions().stream().map(BenchSimulator::end).toList());
    }

    private static End end(ExecutionView execution) {
        Instant stopped = execution.stoppedAt();
        return new End(execution.arn(), execution.status(), stopped == null ? null : stopped.toString());
    }
}
