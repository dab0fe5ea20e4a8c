package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedStates.START;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedStates.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.sfn.model.CreateStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.DescribeStateMachineResponse;
import software.amazon.awssdk.services.sfn.model.IncludedData;
import software.amazon.awssdk.services.sfn.model.ListStateMachinesResponse;
import software.amazon.awssdk.services.sfn.model.RoutingConfigurationListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;
import software.amazon.awssdk.services.sfn.model.StateMachineType;

/** State machines: both types, their versions and aliases, and their end. */
class StatesMachinesTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/r";
    private static final String PASS = "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}";

    @RegisterExtension
    final SimulatedStates aws = new SimulatedStates();

    @Test
    void describesAMachineAsItWasCreated() {
        CreateStateMachineResponse created = create("jobs", WAITING, StateMachineType.STANDARD);
        assertThat(created.stateMachineArn()).isEqualTo("arn:aws:states:ap-northeast-1:123456789012:stateMachine:jobs");
        assertThat(created.creationDate()).isEqualTo(START);
        DescribeStateMachineResponse described =
                aws.client().describeStateMachine(r -> r.stateMachineArn(created.stateMachineArn()));
        assertThat(described.definition()).isEqualTo(WAITING);
        assertThat(described.typeAsString()).isEqualTo("STANDARD");
        assertThat(described.statusAsString()).isEqualTo("ACTIVE");
        assertThat(described.roleArn()).isEqualTo(ROLE);
        assertThat(described.name()).isEqualTo("jobs");
        assertThat(described.revisionId()).isNull();
        DescribeStateMachineResponse bare = aws.client()
                .describeStateMachine(
                        r -> r.stateMachineArn(created.stateMachineArn()).includedData(IncludedData.METADATA_ONLY));
        assertThat(bare.definition()).isEqualTo("{}");
    }

    @Test
    void createsTheSameMachineOnlyOnce() {
        String arn = create("jobs", WAITING, StateMachineType.STANDARD).stateMachineArn();
        aws.passSeconds(5);
        assertThat(create("jobs", WAITING, StateMachineType.STANDARD).creationDate())
                .isEqualTo(START);
        assertThat(messageOf(() -> create("jobs", PASS, StateMachineType.STANDARD)))
                .isEqualTo("State Machine Already Exists: '" + arn + "'");
        assertThat(codeOf(() -> create("jobs", WAITING, StateMachineType.EXPRESS)))
                .isEqualTo("StateMachineAlreadyExists");
        assertThat(codeOf(() -> create("no name", WAITING, StateMachineType.STANDARD)))
                .isEqualTo("InvalidName");
        assertThat(codeOf(() -> aws.client()
                        .createStateMachine(r ->
                                r.name("jobs").definition(WAITING).roleArn(ROLE).type("FAST"))))
                .isEqualTo("ValidationException");
    }

    @Test
    void keepsExpressExecutionsToItself() {
        String machine = create("quick", WAITING, StateMachineType.EXPRESS).stateMachineArn();
        String arn = aws.start(machine, "one", "{}");
        assertThat(arn).startsWith("arn:aws:states:ap-northeast-1:123456789012:express:quick:one:");
        assertThat(aws.start(machine, "one", "{}")).isNotEqualTo(arn);
        String message = "Invalid Arn: 'Resource type not valid in this context: express'";
        assertThat(messageOf(() -> aws.describe(arn))).isEqualTo(message);
        assertThat(messageOf(() -> aws.history(arn))).isEqualTo(message);
        assertThat(messageOf(() -> aws.client().stopExecution(r -> r.executionArn(arn))))
                .isEqualTo(message);
        assertThat(messageOf(() -> aws.client().redriveExecution(r -> r.executionArn(arn))))
                .isEqualTo(message);
        assertThat(messageOf(() -> aws.client().listExecutions(r -> r.stateMachineArn(machine))))
                .isEqualTo("This operation is not supported by this type of state machine");
        aws.passSeconds(10);
        assertThat(aws.world().execution(arn).status()).isEqualTo("SUCCEEDED");
    }

    @Test
    void endsExpressExecutionsAfterFiveMinutes() {
        String machine = aws.world()
                .createExpress(
                        "quick",
                        "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":999,\"End\":true}}}");
        String arn = aws.start(machine, "one", "{}");
        aws.passSeconds(299);
        assertThat(aws.world().execution(arn).status()).isEqualTo("RUNNING");
        aws.passSeconds(1);
        assertThat(aws.world().execution(arn).status()).isEqualTo("TIMED_OUT");
    }

    @Test
    void letsWhatRunsGoOnWithTheDefinitionThatItStartedWith() {
        String machine = aws.machine("jobs", WAITING);
        String before = aws.start(machine, "before", "{}");
        String revision = aws.client()
                .updateStateMachine(r -> r.stateMachineArn(machine).definition(PASS))
                .revisionId();
        String after = aws.start(machine, "after", "{}");
        assertThat(aws.status(before)).isEqualTo("RUNNING");
        assertThat(aws.status(after)).isEqualTo("SUCCEEDED");
        DescribeStateMachineResponse described = aws.client().describeStateMachine(r -> r.stateMachineArn(machine));
        assertThat(described.definition()).isEqualTo(PASS);
        assertThat(described.revisionId()).isEqualTo(revision);
        assertThat(codeOf(() -> aws.client().updateStateMachine(r -> r.stateMachineArn(machine))))
                .isEqualTo("MissingRequiredParameter");
        assertThat(codeOf(() -> aws.client()
                        .updateStateMachine(r -> r.stateMachineArn(machine).definition("{}"))))
                .isEqualTo("InvalidDefinition");
        assertThat(codeOf(() -> aws.client()
                        .updateStateMachine(
                                r -> r.stateMachineArn(machine + "x").definition(PASS))))
                .isEqualTo("StateMachineDoesNotExist");
    }

    @Test
    void startsVersionsAndTellsWhichOneItWas() {
        CreateStateMachineResponse created = aws.client()
                .createStateMachine(r -> r.name("jobs")
                        .definition(PASS)
                        .roleArn(ROLE)
                        .publish(true)
                        .versionDescription("the first"));
        String machine = created.stateMachineArn();
        String one = created.stateMachineVersionArn();
        assertThat(one).isEqualTo(machine + ":1");
        aws.client().updateStateMachine(r -> r.stateMachineArn(machine).definition(WAITING));
        String two = aws.client()
                .publishStateMachineVersion(r -> r.stateMachineArn(machine))
                .stateMachineVersionArn();
        assertThat(two).isEqualTo(machine + ":2");
        assertThat(aws.client()
                        .publishStateMachineVersion(r -> r.stateMachineArn(machine))
                        .stateMachineVersionArn())
                .isEqualTo(two);

        String first = aws.start(one, "first", "{}");
        String second = aws.start(two, "second", "{}");
        assertThat(first).isEqualTo("arn:aws:states:ap-northeast-1:123456789012:execution:jobs:first");
        assertThat(aws.describe(first).stateMachineArn()).isEqualTo(machine);
        assertThat(aws.describe(first).stateMachineVersionArn()).isEqualTo(one);
        assertThat(aws.describe(first).stateMachineAliasArn()).isNull();
        assertThat(aws.history(first).get(0).executionStartedEventDetails().stateMachineVersionArn())
                .isEqualTo(one);
        assertThat(aws.status(first)).isEqualTo("SUCCEEDED");
        assertThat(aws.status(second)).isEqualTo("RUNNING");
        assertThat(aws.client().listExecutions(r -> r.stateMachineArn(one)).executions())
                .hasSize(1);
        assertThat(aws.client().listExecutions(r -> r.stateMachineArn(machine)).executions())
                .hasSize(2);
        DescribeStateMachineResponse version = aws.client().describeStateMachine(r -> r.stateMachineArn(one));
        assertThat(version.definition()).isEqualTo(PASS);
        assertThat(version.description()).isEqualTo("the first");
        assertThat(messageOf(() -> aws.start(machine + ":3", "third", "{}")))
                .isEqualTo("State Machine Does Not Exist: '" + machine + ":3'");
    }

    @Test
    void refusesToPublishAnotherRevisionThanTheCurrentOne() {
        String machine = aws.machine("jobs", WAITING);
        assertThat(messageOf(() -> aws.client()
                        .publishStateMachineVersion(
                                r -> r.stateMachineArn(machine).revisionId("other"))))
                .startsWith("Failed to publish the State Machine version for revision other.");
        assertThat(codeOf(() -> aws.client()
                        .createStateMachine(r ->
                                r.name("other").definition(PASS).roleArn(ROLE).versionDescription("no version"))))
                .isEqualTo("ValidationException");
    }

    @Test
    void startsAnAliasWithOneOfItsVersions() {
        String machine = aws.client()
                .createStateMachine(
                        r -> r.name("jobs").definition(PASS).roleArn(ROLE).publish(true))
                .stateMachineArn();
        aws.client()
                .updateStateMachine(
                        r -> r.stateMachineArn(machine).definition(WAITING).publish(true));
        String alias = aws.client()
                .createStateMachineAlias(
                        r -> r.name("PROD").routingConfiguration(route(machine + ":1", 40), route(machine + ":2", 60)))
                .stateMachineAliasArn();
        assertThat(alias).isEqualTo(machine + ":PROD");
        Set<String> versions = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            String arn = aws.start(alias, "run-" + i, "{}");
            assertThat(aws.describe(arn).stateMachineAliasArn()).isEqualTo(alias);
            versions.add(aws.describe(arn).stateMachineVersionArn());
        }
        assertThat(versions).containsExactlyInAnyOrder(machine + ":1", machine + ":2");
        assertThat(aws.client().listExecutions(r -> r.stateMachineArn(alias)).executions())
                .hasSize(20);
    }

    @Test
    void refusesAliasesThatLeadNowhere() {
        String machine = aws.client()
                .createStateMachine(
                        r -> r.name("jobs").definition(PASS).roleArn(ROLE).publish(true))
                .stateMachineArn();
        assertThat(aliasError("A", route(machine + ":2", 100))).isEqualTo("ResourceNotFound");
        assertThat(aliasError("A", route(machine, 100))).isEqualTo("ValidationException");
        assertThat(aliasError("A", route(machine + ":1", 99))).isEqualTo("ValidationException");
        assertThat(aliasError("1", route(machine + ":1", 100))).isEqualTo("ValidationException");
        aws.client().createStateMachineAlias(r -> r.name("A").routingConfiguration(route(machine + ":1", 100)));
        aws.client().createStateMachineAlias(r -> r.name("A").routingConfiguration(route(machine + ":1", 100)));
        assertThat(aliasError("A", route(machine + ":1", 50), route(machine + ":1", 50)))
                .isEqualTo("ConflictException");
    }

    @Test
    void terminatesWhatRunsWhenAMachineIsDeleted() {
        String machine = aws.machine("jobs", """
                {"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 10, "Next": "S"}, "S": {"Type": "Succeed"}}}
                """);
        String arn = aws.start(machine, "one", "{}");
        aws.client().deleteStateMachine(r -> r.stateMachineArn(machine));
        assertThat(aws.client()
                        .describeStateMachine(r -> r.stateMachineArn(machine))
                        .statusAsString())
                .isEqualTo("DELETING");
        assertThat(codeOf(() -> aws.start(machine, "two", "{}"))).isEqualTo("StateMachineDeleting");
        assertThat(codeOf(() -> aws.client()
                        .updateStateMachine(r -> r.stateMachineArn(machine).definition(PASS))))
                .isEqualTo("StateMachineDeleting");
        assertThat(codeOf(() -> create("jobs", PASS, StateMachineType.STANDARD)))
                .isEqualTo("StateMachineDeleting");
        aws.passSeconds(10);
        assertThat(aws.status(arn)).isEqualTo("ABORTED");
        assertThat(codeOf(() -> aws.client().describeStateMachine(r -> r.stateMachineArn(machine))))
                .isEqualTo("StateMachineDoesNotExist");
        aws.client().deleteStateMachine(r -> r.stateMachineArn(machine));
        assertThat(create("jobs", PASS, StateMachineType.STANDARD).stateMachineArn())
                .isEqualTo(machine);
    }

    @Test
    void listsMachinesPageByPage() {
        for (int i = 0; i < 5; i++) {
            aws.machine("jobs-" + i, WAITING);
        }
        ListStateMachinesResponse first = aws.client().listStateMachines(r -> r.maxResults(3));
        assertThat(first.stateMachines())
                .extracting(StateMachineListItem::name)
                .containsExactly("jobs-0", "jobs-1", "jobs-2");
        assertThat(aws.client()
                        .listStateMachines(r -> r.nextToken(first.nextToken()))
                        .stateMachines())
                .extracting(StateMachineListItem::name)
                .containsExactly("jobs-3", "jobs-4");
        assertThat(codeOf(() -> aws.client().listStateMachines(r -> r.maxResults(1001))))
                .isEqualTo("ValidationException");
        assertThat(codeOf(() -> aws.client().listStateMachines(r -> r.nextToken("x"))))
                .isEqualTo("InvalidToken");
    }

    private CreateStateMachineResponse create(String name, String definition, StateMachineType type) {
        return aws.client()
                .createStateMachine(
                        r -> r.name(name).definition(definition).roleArn(ROLE).type(type));
    }

    private String aliasError(String name, RoutingConfigurationListItem... routes) {
        return codeOf(
                () -> aws.client().createStateMachineAlias(r -> r.name(name).routingConfiguration(routes)));
    }

    private static RoutingConfigurationListItem route(String version, int weight) {
        return RoutingConfigurationListItem.builder()
                .stateMachineVersionArn(version)
                .weight(weight)
                .build();
    }
}
