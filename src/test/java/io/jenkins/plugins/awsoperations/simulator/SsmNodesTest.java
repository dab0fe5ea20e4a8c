package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.awsoperations.simulator.ec2.InstanceSpec;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeAgent;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeRun;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;

/** The nodes as Systems Manager sees them, and when they take commands. */
class SsmNodesTest {

    @RegisterExtension
    final SimulatedCommands aws = SimulatedCommands.scripted();

    @Test
    void showsTheStateOfEveryAgent() {
        String online = aws.node();
        String lost = aws.node();
        String stale = aws.node();
        String absent = aws.node();
        String stopped = aws.node();
        String terminated = aws.node();
        agent(lost).connectionLost();
        agent(stale).stale();
        agent(absent).absent();
        aws.simulator().ec2().stopInstance(stopped);
        aws.simulator().ec2().terminateInstance(terminated);

        assertThat(nodes())
                .containsExactlyInAnyOrderEntriesOf(Map.of(online, "Online", lost, "ConnectionLost", stale, "Online"));
        agent(lost).online();
        assertThat(nodes()).containsEntry(lost, "Online");
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(() -> agent("i-00000000000000000"));
    }

    @Test
    void losesTheConnectionForAsLongAsAnInstanceReboots() {
        String node = aws.node();
        RawHttp http = new RawHttp(aws.simulator().endpoint());

        http.post("/", "Action=CreateImage&Version=2016-11-15&Name=image&InstanceId=" + node);
        assertThat(nodes()).containsEntry(node, "ConnectionLost");
        aws.passSeconds(45);
        assertThat(nodes()).containsEntry(node, "Online");

        http.post("/", "Action=RebootInstances&Version=2016-11-15&InstanceId.1=" + node);
        assertThat(nodes()).containsEntry(node, "ConnectionLost");
        String id = aws.send(node, "true");
        aws.passSeconds(45);
        assertThat(aws.details(id, node)).isEqualTo("Delayed");
        aws.passSeconds(2);
        assertThat(aws.details(id, node)).isEqualTo("Success");

        http.post("/", "Action=CreateImage&Version=2016-11-15&Name=other&NoReboot=true&InstanceId=" + node);
        assertThat(nodes()).containsEntry(node, "Online");
    }

    @Test
    void deliversWhatWasWaitingWhenAStoppedInstanceStarts() {
        String node = aws.node();
        RawHttp http = new RawHttp(aws.simulator().endpoint());
        http.post("/", "Action=StopInstances&Version=2016-11-15&InstanceId.1=" + node);
        aws.passSeconds(10);
        String id = aws.send(node, "true");
        aws.passSeconds(10);
        assertThat(nodes()).isEmpty();

        http.post("/", "Action=StartInstances&Version=2016-11-15&InstanceId.1=" + node);
        aws.passSeconds(7);

        assertThat(aws.details(id, node)).isEqualTo("Success");
    }

    @Test
    void filtersAndPagesNodes() {
        List<String> all = IntStream.range(0, 12).mapToObj(i -> aws.node()).toList();
        String windows = aws.simulator()
                .ec2()
                .runInstance(InstanceSpec.running().platform("windows").tag("Name", "win"));

        assertThat(aws.ssm().describeInstanceInformation(r -> {}).instanceInformationList())
                .hasSize(10);
        assertThat(aws.ssm()
                        .describeInstanceInformationPaginator(r -> r.maxResults(5))
                        .instanceInformationList())
                .hasSize(13);
        assertThat(find("InstanceIds", all.get(3), all.get(4), "i-00000000000000000"))
                .containsExactly(all.get(3), all.get(4));
        assertThat(find("PlatformTypes", "Windows")).containsExactly(windows);
        assertThat(find("PingStatus", "ConnectionLost")).isEmpty();
        assertThat(find("tag:Name", "win")).containsExactly(windows);
        assertThat(find("tag-key", "Name")).hasSize(13);
        agent(all.get(0)).platform("MacOS");
        assertThat(find("PlatformTypes", "MacOS")).containsExactly(all.get(0));
        assertThat(codeOf(() -> aws.ssm()
                        .describeInstanceInformation(
                                r -> r.filters(filter("tag:Name", "win"), filter("PingStatus", "Online")))))
                .isEqualTo("InvalidInstanceInformationFilterValue");
        assertThat(codeOf(() -> find("Colour", "red"))).isEqualTo("InvalidFilterKey");
        assertThat(codeOf(() -> aws.ssm().describeInstanceInformation(r -> r.maxResults(4))))
                .isEqualTo("ValidationException");
        assertThat(codeOf(() -> find(
                        "InstanceIds",
                        IntStream.range(0, 101).mapToObj(Integer::toString).toArray(String[]::new))))
                .isEqualTo("ValidationException");
    }

    @Test
    void neverStartsWhatAStaleAgentWouldHaveTaken() {
        String node = aws.node();
        agent(node).stale();

        String id = aws.send(node, r -> r.timeoutSeconds(60), "true");
        String later = aws.send(node, "true");
        aws.passSeconds(60);

        assertThat(aws.details(id, node)).isEqualTo("DeliveryTimedOut");
        agent(node).online();
        aws.passSeconds(2);
        assertThat(aws.details(later, node)).isEqualTo("Success");
        assertThat(aws.simulator().ssm().runs()).extracting(NodeRun::commandId).containsExactly(later);
    }

    @Test
    void refusesWhatNoNodeCanBe() {
        NodeAgent agent = agent(aws.node());

        assertThatIllegalArgumentException().isThrownBy(() -> agent.platform("BeOS"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NodeOutcome.exit(0).after(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.on("SendCommand").commandEnds(" "));
    }

    private NodeAgent agent(String instanceId) {
        return aws.simulator().ssm().agent(instanceId);
    }

    /** PingStatus by instance id. */
    private Map<String, String> nodes() {
        Map<String, String> nodes = new HashMap<>();
        aws.ssm()
                .describeInstanceInformation(r -> r.maxResults(50))
                .instanceInformationList()
                .forEach(node -> nodes.put(node.instanceId(), node.pingStatusAsString()));
        return nodes;
    }

    private List<String> find(String key, String... values) {
        return aws
                .ssm()
                .describeInstanceInformation(r -> r.filters(filter(key, values)).maxResults(50))
                .instanceInformationList()
                .stream()
                .map(InstanceInformation::instanceId)
                .toList();
    }

    private static InstanceInformationStringFilter filter(String key, String... values) {
        return InstanceInformationStringFilter.builder().key(key).values(values).build();
    }
}
