package io.jenkins.plugins.awsoperations.jenkins.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.simulator.Call;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a controller pays for many steps that wait at once. */
@WithJenkins
class ManyStepsJenkinsTest {

    private static final int BUILDS = 10;
    private static final int STEPS = 50;
    private static final Duration ROUND = Duration.ofSeconds(5);

    @Test
    void fiveHundredWaitingStepsShareAFewThreadsAndOneReadPerRound(JenkinsRule jenkins) throws Exception {
        try (SimulatedAccount account =
                new SimulatedAccount(3, SimulatorSettings.builder().build()).connect()) {
            account.aws().faults().add(Fault.on("CreateImage").always().slow(Duration.ofHours(9)));
            List<WorkflowRun> builds = new ArrayList<>();
            for (int b = 0; b < BUILDS; b++) {
                String branches = account.instances(STEPS).stream()
                        .map(id -> "'" + id + "': { ec2Backup instanceIds: ['" + id + "'] }")
                        .collect(Collectors.joining(",\n"));
                builds.add(Pipelines.start(jenkins, "job-" + b, "parallel(" + branches + ")"));
            }
            await().atMost(Duration.ofMinutes(6)).until(() -> account.imagesMade() == BUILDS * STEPS);

            Instant from = account.aws().clock().instant().plus(ROUND);
            Instant to = from.plus(ROUND.multipliedBy(6));
            int threads = 0;
            while (account.aws().clock().instant().isBefore(to)) {
                threads = Math.max(threads, pluginThreads());
                Thread.onSpinWait();
                await().pollDelay(Duration.ofMillis(50)).until(() -> true);
            }

            assertThat(threads).isBetween(1, 16);
            List<Call> reads = account.aws().ledger().calls("DescribeImages").stream()
                    .filter(call -> !call.time().isBefore(from) && call.time().isBefore(to))
                    .toList();
            // 500 ids are asked for in as many requests as AWS's page asks for: one.
            assertThat(reads).as("in six rounds").hasSizeBetween(4, 8);
            for (WorkflowRun build : builds) {
                build.doKill();
            }
        }
    }

    /** Threads of this plugin and of the AWS SDK. */
    private static int pluginThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains(OperationsRuntime.class.getSimpleName())
                        || name.startsWith("aws-operations")
                        || name.startsWith("sdk-")
                        || name.startsWith("idle-connection-reaper"))
                .count();
    }
}
