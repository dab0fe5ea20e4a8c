package io.jenkins.plugins.awsoperations.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.jenkins.plugins.awsoperations.statemachine.ExecutionRequest.History;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: how well the engine uses what AWS allows. */
@Command(
        name = "bench",
        description =
                "Measures the engine against the simulated AWS with AWS's published request buckets; prints JSON.",
        subcommands = {BenchCommand.Backup.class, BenchCommand.Commands.class, BenchCommand.Await.class})
final class BenchCommand implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a benchmark: backup, commands or await.");
    }

    /** {@code bench backup}. */
    @Command(
            name = "backup",
            description = {
                "Backs up many instances at once, each with a full set of generations, so that one image goes for each new one.",
                "idealMakespanSeconds is what the request buckets and the images' own durations allow at best; ratio is ideal"
                        + " to measured."
            })
    static final class Backup implements Callable<Integer> {

        @Option(
                names = "--instances",
                paramLabel = "N",
                defaultValue = "1000",
                description = "Instances, 1 to 5000. Default: ${DEFAULT-VALUE}.")
        int instances;

        @Option(
                names = "--jobs",
                paramLabel = "N",
                description =
                        "Jobs that start in the same second and share them out. Default: one for each 50 instances.")
        int jobs;

        @Option(
                names = "--image-seconds",
                paramLabel = "N",
                defaultValue = "90",
                description = "How long AWS makes an image, 1 to 3600. Default: ${DEFAULT-VALUE}.")
        int imageSeconds;

        @Option(
                names = "--speed",
                paramLabel = "N",
                defaultValue = "8",
                description =
                        "How many times as fast as the wall clock the simulated time runs. Default: ${DEFAULT-VALUE}.")
        double speed;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            check(instances >= 1 && instances <= 5000, "--instances must be 1 to 5000, not " + instances);
            int count = jobs == 0 ? (instances + 49) / 50 : jobs;
            check(
                    count >= 1 && count <= instances && (instances + count - 1) / count <= 50,
                    "--jobs must be " + (instances + 49) / 50 + " to " + instances + ", not " + jobs
                            + ": a job works on 50 instances at once");
            check(speed > 0 && speed <= 200, "--speed must be above 0 and at most 200, not " + speed);
            check(imageSeconds >= 1 && imageSeconds <= 3600, "--image-seconds must be 1 to 3600, not " + imageSeconds);
            BackupBench.Report report =
                    new BackupBench(instances, count, Duration.ofSeconds(imageSeconds), speed).run();
            ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
            spec.commandLine().getOut().println(json.writeValueAsString(report));
            spec.commandLine().getOut().flush();
            return report.failedJobs() == 0 ? 0 : 1;
        }

        private void check(boolean valid, String message) {
            if (!valid) {
                throw new ParameterException(spec.commandLine(), message);
            }
        }
    }

    /** {@code bench commands}. */
    @Command(
            name = "commands",
            description = {
                "Runs many commands at once, each on a worker of its own: how many calls a command costs, and how soon its end"
                        + " is noticed."
            })
    static final class Commands implements Callable<Integer> {

        @Option(
                names = "--commands",
                paramLabel = "N",
                defaultValue = "1000",
                description = "Commands and workers, 1 to 5000. Default: ${DEFAULT-VALUE}.")
        int commands;

        @Option(
                names = "--command-seconds",
                paramLabel = "N",
                defaultValue = "300",
                description = "How long a command runs, 1 to 3600. Default: ${DEFAULT-VALUE}.")
        int commandSeconds;

        @Option(
                names = "--speed",
                paramLabel = "N",
                defaultValue = "8",
                description =
                        "How many times as fast as the wall clock the simulated time runs. Default: ${DEFAULT-VALUE}.")
        double speed;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            check(commands >= 1 && commands <= 5000, "--commands must be 1 to 5000, not " + commands);
            check(
                    commandSeconds >= 1 && commandSeconds <= 3600,
                    "--command-seconds must be 1 to 3600, not " + commandSeconds);
            check(speed > 0 && speed <= 200, "--speed must be above 0 and at most 200, not " + speed);
            CommandBench.Report report = new CommandBench(commands, Duration.ofSeconds(commandSeconds), speed).run();
            ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
            spec.commandLine().getOut().println(json.writeValueAsString(report));
            spec.commandLine().getOut().flush();
            return report.failed() == 0 ? 0 : 1;
        }

        private void check(boolean valid, String message) {
            if (!valid) {
                throw new ParameterException(spec.commandLine(), message);
            }
        }
    }

    /** {@code bench await}. */
    @Command(
            name = "await",
            description = {
                "Waits for many executions of a state machine at once: threads, memory, calls, and how soon their ends are"
                        + " noticed. The simulated AWS has a process of its own.",
                "theoreticalMinimum is what DescribeExecution alone would allow at best. The exit code is 1 when a wait failed,"
                        + " an execution was not started exactly once, the engine has more than 16 threads, or its live heap"
                        + " is not below 128 MB while all wait."
            })
    static final class Await implements Callable<Integer> {

        @Option(
                names = "--executions",
                paramLabel = "N",
                defaultValue = "10000",
                description = "Executions, 1 to 20000. Default: ${DEFAULT-VALUE}.")
        int executions;

        @Option(
                names = "--history",
                paramLabel = "HOW",
                defaultValue = "STATES",
                description = "How much of their histories is told: NONE, STATES or ALL. Default: ${DEFAULT-VALUE}.")
        History history = History.STATES;

        @Option(
                names = "--shortest-seconds",
                paramLabel = "N",
                defaultValue = "600",
                description = "How long the shortest execution runs, 1 to 86400. Default: ${DEFAULT-VALUE}.")
        int shortestSeconds;

        @Option(
                names = "--span-seconds",
                paramLabel = "N",
                defaultValue = "1800",
                description = "By how much longer the longest one runs, 0 to 86400; the others lie in between, evenly."
                        + " Default: ${DEFAULT-VALUE}.")
        int spanSeconds;

        @Option(
                names = "--speed",
                paramLabel = "N",
                defaultValue = "8",
                description =
                        "How many times as fast as the wall clock the simulated time runs. Default: ${DEFAULT-VALUE}.")
        double speed;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            check(executions >= 1 && executions <= 20_000, "--executions must be 1 to 20000, not " + executions);
            check(
                    shortestSeconds >= 1 && shortestSeconds <= 86_400,
                    "--shortest-seconds must be 1 to 86400, not " + shortestSeconds);
            check(spanSeconds >= 0 && spanSeconds <= 86_400, "--span-seconds must be 0 to 86400, not " + spanSeconds);
            check(speed > 0 && speed <= 200, "--speed must be above 0 and at most 200, not " + speed);
            AwaitBench.Report report = new AwaitBench(
                            new AwaitBench.Scenario(executions, history, shortestSeconds, spanSeconds, speed))
                    .run();
            ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
            spec.commandLine().getOut().println(json.writeValueAsString(report));
            spec.commandLine().getOut().flush();
            return report.brokenLimits().isEmpty() ? 0 : 1;
        }

        private void check(boolean valid, String message) {
            if (!valid) {
                throw new ParameterException(spec.commandLine(), message);
            }
        }
    }
}
