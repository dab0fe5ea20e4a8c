package io.jenkins.plugins.awsoperations.jenkins.browser;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.security.FullControlOnceLoggedInAuthorizationStrategy;
import io.jenkins.plugins.awsoperations.jenkins.Pipelines;
import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.config.AwsOperationsConfiguration;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.Fault;
import io.jenkins.plugins.awsoperations.simulator.SimulatorSettings;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import io.jenkins.plugins.awsoperations.simulator.states.TaskOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** The Jenkins that the documentation shows: its jobs and its fleet. All of it is called inside that Jenkins. */
final class DocumentationJenkins {

    /** A minute of the simulated AWS takes a second; an instance that reboots for its image keeps its lock for a while. */
    private static SimulatedAccount account;

    private DocumentationJenkins() {}

    static void prepare(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new FullControlOnceLoggedInAuthorizationStrategy());
        jenkins.jenkins.setNumExecutors(4);
        account = new SimulatedAccount(
                        60, SimulatorSettings.defaults().with(s -> s.rebootDuration(Duration.ofHours(2))))
                .connect();
        AwsOperationsConfiguration.get().setAccounts(List.of(account.account("production")));
        jenkins.createProject(FreeStyleProject.class, "backup-web");
        jenkins.createProject(FreeStyleProject.class, "import-orders");
        jenkins.createProject(WorkflowJob.class, "nightly");
    }

    /** A backup of six instances, as it looks when old images are being rotated away. */
    static void backUpAFewInstances(JenkinsRule jenkins) throws Exception {
        AwsSimulator aws = account.aws();
        List.of("web-1", "web-2", "web-3", "batch-1", "db-1", "db-2")
                .forEach(name -> aws.ec2().runInstance(Map.of("Name", name, "Backup", "daily")));
        String script = "ec2Backup tags: [Backup: 'daily'], plan: 'daily', generations: 2";
        WorkflowRun build = Pipelines.run(jenkins, Result.SUCCESS, "backup-daily", script);
        for (int more = 0; more < 2; more++) {
            build = jenkins.buildAndAssertStatus(Result.SUCCESS, build.getParent());
        }
    }

    /** A backup of two hundred instances, three of which fail in different ways. */
    static void backUpAFleet(JenkinsRule jenkins) throws Exception {
        AwsSimulator aws = account.aws();
        List<String> ids = IntStream.rangeClosed(1, 200)
                .mapToObj(n -> aws.ec2().runInstance(Map.of("Name", "shop-%03d".formatted(n), "Backup", "weekly")))
                .toList();
        Fault onImage = Fault.on("CreateImage");
        aws.faults().add(onImage.where("InstanceId", ids.get(41)).always().deny());
        aws.faults()
                .add(onImage.where("InstanceId", ids.get(117))
                        .always()
                        .imageFails(
                                "Client.InvalidKmsKey.InvalidState", "The KMS key provided is in an incorrect state"));
        aws.faults()
                .add(onImage.where("InstanceId", ids.get(160))
                        .always()
                        .error(
                                "InvalidInstanceID.NotFound",
                                "The instance ID '" + ids.get(160) + "' does not exist",
                                400));
        Pipelines.run(jenkins, Result.UNSTABLE, "backup-weekly", """
                ec2Backup tags: [Backup: 'weekly'], plan: 'weekly', generations: 4, maxInstances: 0,
                        parallelism: 50, onPartialFailure: 'UNSTABLE'
                """);
    }

    /** A night's jobs on three workers: one goes on only after a second try, and one fails. */
    static void runCommands(JenkinsRule jenkins) throws Exception {
        Map<String, NodeOutcome> jobs = Map.of(
                "/opt/batch/extract --day yesterday",
                NodeOutcome.exit(0).after(Duration.ofSeconds(194)).stdout("3,214 orders\n"),
                "/opt/batch/load --table orders",
                NodeOutcome.exit(75).after(Duration.ofSeconds(8)).stderr("database is locked\n"),
                "/opt/batch/report --mail sales",
                NodeOutcome.exit(3).after(Duration.ofSeconds(21)).stderr("/var/spool: no space left on device\n"));
        NodeOutcome again = NodeOutcome.exit(0).after(Duration.ofSeconds(341)).stdout("3,214 rows\n");
        for (int worker = 1; worker <= 3; worker++) {
            String id = account.aws()
                    .ec2()
                    .runInstance(Map.of("Name", "worker-" + worker, "role", "job_worker", "env", "production"));
            account.aws().ssm().agent(id).script(command -> {
                boolean secondTry = command.comment().contains(".2 ");
                return secondTry
                        ? again
                        : jobs.get(command.commands().get(command.commands().size() - 1));
            });
        }
        Pipelines.run(jenkins, Result.FAILURE, "job-network", """
                def job = { command ->
                    runOnTaggedInstance tags: [role: 'job_worker', env: 'production'], commands: command,
                            executionTimeoutSeconds: 600, retries: 2, retryExitCodes: [75]
                }
                stage('Extract') { job '/opt/batch/extract --day yesterday' }
                stage('Load') { job '/opt/batch/load --table orders' }
                stage('Report') { job '/opt/batch/report --mail sales' }
                """);
    }

    /** A night's work of a state machine: one task goes on only after a second try, and one fails. */
    static void runStateMachine(JenkinsRule jenkins) throws Exception {
        account.aws().states().createStateMachine("nightly", """
                {"StartAt": "Extract", "States": {
                    "Extract": {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask", "Next": "Load"},
                    "Load": {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask", "Next": "Each shop",
                        "Retry": [{"ErrorEquals": ["DatabaseLocked"], "IntervalSeconds": 30}]},
                    "Each shop": {"Type": "Map", "ItemsPath": "$.shops", "ResultPath": null, "Next": "Report",
                        "ItemProcessor": {"StartAt": "Price list", "States": {"Price list":
                            {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask", "End": true}}}},
                    "Report": {"Type": "Task", "Resource": "arn:aws:states:::ecs:runTask", "End": true}}}
                """);
        account.aws().states().task(call -> switch (call.stateName()) {
            case "Extract" ->
                TaskOutcome.succeed("{\"shops\": [1, 2, 3, 4, 5, 6, 7, 8]}").after(Duration.ofSeconds(194));
            case "Load" ->
                call.attempt() == 1
                        ? TaskOutcome.fail("DatabaseLocked", "orders is locked by a backup")
                                .after(Duration.ofSeconds(8))
                        : TaskOutcome.succeed("{\"shops\": [1, 2, 3, 4, 5, 6, 7, 8]}")
                                .after(Duration.ofSeconds(341));
            case "Report" ->
                TaskOutcome.fail("States.TaskFailed", "exit code 3: no space left on /var/spool")
                        .after(Duration.ofSeconds(21));
            default -> TaskOutcome.succeed("{}").after(Duration.ofSeconds(45));
        });
        Pipelines.run(jenkins, Result.FAILURE, "night", "awaitStateMachine stateMachine: 'nightly'");
    }

    /** Leaves a daily backup that holds a lock, and a weekly one that waits for it. */
    static void holdALock(JenkinsRule jenkins) throws Exception {
        account.aws().ec2().runInstance(Map.of("Name", "mail-1", "Mail", "yes"));
        String script = "ec2Backup tags: [Mail: 'yes'], reboot: true, plan: ";
        WorkflowRun daily = Pipelines.start(jenkins, "mail-daily", script + "'daily'");
        jenkins.waitForMessage("accepted", daily);
        WorkflowRun weekly = Pipelines.start(jenkins, "mail-weekly", script + "'weekly'");
        jenkins.waitForMessage("waits for", weekly);
    }
}
