package io.jenkins.plugins.awsoperations.cli;

import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.RequestBuckets;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simulate}: serves the simulated AWS until it is stopped. */
@Command(
        name = "simulate",
        description = {
            "Serves a simulated AWS (EC2, STS, Systems Manager Run Command, Step Functions, EventBridge, CloudWatch Logs,"
                    + " S3) on 127.0.0.1 until it is stopped.",
            "Use it with any AWS tool: aws --endpoint-url http://127.0.0.1:PORT ec2 describe-images --owners self",
            "",
            "Control, JSON over the same port:",
            "  GET  /_simulator/ledger   every call that was made, with its outcome (?action=CreateImage&since=12);"
                    + " DELETE empties it",
            "  POST /_simulator/faults   what is to go wrong, one object or an array; GET lists, DELETE clears. As"
                    + " {\"action\":\"CreateImage\",\"times\":2,\"throttle\":true}",
            "  GET  /_simulator/world    instances, images, snapshots, nodes, commands, state machines, executions,"
                    + " logs, objects",
            "  POST /_simulator/agents   {\"instanceId\":\"i-…\",\"state\":\"connectionLost\"}; also online, stale,"
                    + " absent",
            "  POST /_simulator/tasks    what tasks of Step Functions come to, as {\"state\":\"Job 1\",\"fail\":{\"error\":"
                    + "\"WorkerBusy\"}}; GET also shows the tokens that tasks wait for",
            "  POST /_simulator/clock    {\"advanceSeconds\": 3600}",
            "docs/simulator.md describes each in full."
        })
final class SimulateCommand implements Callable<Integer> {

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "4599",
            description = "Port on 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    int port;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times as fast as the wall clock its time runs. Default: ${DEFAULT-VALUE}.")
    double speed;

    @Option(names = "--region", defaultValue = "ap-northeast-1", description = "Region. Default: ${DEFAULT-VALUE}.")
    String region = "";

    @Option(names = "--throttle", description = "Throttle requests as AWS publishes it (request buckets per action).")
    boolean throttle;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Ids and everything drawn by chance come from this. Default: ${DEFAULT-VALUE}.")
    long seed;

    @Option(
            names = "--run-commands",
            description =
                    "Execute the commands that Systems Manager is sent, on this machine and as this user. Whoever can"
                            + " reach the port can then run commands as you; without it nothing is executed, and every command"
                            + " succeeds.")
    boolean runCommands;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        if (!(speed > 0 && speed <= 10_000)) {
            throw new ParameterException(spec.commandLine(), "--speed must be above 0 and at most 10000, not " + speed);
        }
        if (port < 0 || port > 65535) {
            throw new ParameterException(spec.commandLine(), "--port must be 0 to 65535, not " + port);
        }
        SimulatorSettings settings = SimulatorSettings.builder()
                .buckets(throttle ? RequestBuckets.aws() : RequestBuckets.none())
                .build();
        // Ctrl-C closes the simulator too, which kills what it runs.
        try (InterruptOnExit interrupt = InterruptOnExit.install();
                AwsSimulator simulator = AwsSimulator.builder()
                        .clock(SimulatorClock.scaled(speed))
                        .port(port)
                        .region(region)
                        .settings(settings)
                        .runCommandsForReal(runCommands)
                        .seed(seed)
                        .start()) {
            spec.commandLine()
                    .getOut()
                    .println("simulated AWS at " + simulator.endpoint() + ", region " + region + ", time runs x" + speed
                            + "; Ctrl-C ends it");
            if (runCommands) {
                spec.commandLine()
                        .getOut()
                        .println(
                                "WARNING: commands are executed for real: whoever can reach the port can run commands as "
                                        + System.getProperty("user.name"));
            }
            spec.commandLine().getOut().flush();
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }
}
