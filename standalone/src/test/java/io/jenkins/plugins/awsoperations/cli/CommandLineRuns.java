package io.jenkins.plugins.awsoperations.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The command line as a user calls it, against a simulator whose time runs twenty times as fast. */
final class CommandLineRuns implements AutoCloseable {

    final AwsSimulator aws = AwsSimulator.builder()
            .clock(SimulatorClock.scaled(20))
            .settings(SimulatorSettings.defaults()
                    .with(s -> s.consistencyDelay(Duration.ZERO).invocationDelay(Duration.ZERO)))
            .start();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** @return the exit code */
    int run(String command, String... more) {
        return AwsOperations.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments(command, more).toArray(String[]::new));
    }

    /** The same in a process of its own, with both outputs as one. */
    Process start(String command, String... more) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AwsOperations.class.getName()));
        line.addAll(arguments(command, more));
        ProcessBuilder process = new ProcessBuilder(line).redirectErrorStream(true);
        process.environment().put("AWS_ACCESS_KEY_ID", "any");
        process.environment().put("AWS_SECRET_ACCESS_KEY", "any");
        return process.start();
    }

    private List<String> arguments(String command, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of(command, "--endpoint-url", aws.endpoint().toString(), "--region", "ap-northeast-1"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out());
    }

    @Override
    public void close() {
        aws.close();
    }
}
