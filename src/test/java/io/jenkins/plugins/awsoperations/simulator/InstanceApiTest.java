package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.filter;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.simulator.ec2.ImageSpec;
import io.jenkins.plugins.awsoperations.simulator.ec2.InstanceSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

class InstanceApiTest {

    @RegisterExtension
    final SimulatedAws aws = new SimulatedAws();

    @Test
    void runsInstancesThatAreSeenAMomentLater() {
        RunInstancesResponse launched = aws.ec2()
                .runInstances(r -> r.imageId("ami-0abcdef1234567890")
                        .minCount(2)
                        .maxCount(2)
                        .tagSpecifications(TagSpecification.builder()
                                .resourceType(ResourceType.INSTANCE)
                                .tags(tag("Name", "web"))
                                .build()));
        String id = launched.instances().get(0).instanceId();

        assertThat(launched.instances())
                .hasSize(2)
                .allMatch(instance -> instance.state().nameAsString().equals("pending"));
        assertThat(id).matches("i-0[0-9a-f]{16}");
        assertThat(messageOf(() -> described(id))).isEqualTo("The instance ID '" + id + "' does not exist");
        assertThat(codeOf(() -> described(id))).isEqualTo("InvalidInstanceID.NotFound");
        aws.passSeconds(2);
        assertThat(described(id).state().nameAsString()).isEqualTo("running");
        assertThat(described(id).tags()).containsExactly(tag("Name", "web"));
        assertThat(aws.ec2().describeInstances(r -> {}).reservations())
                .singleElement()
                .satisfies(reservation -> assertThat(reservation.instances()).hasSize(2));
    }

    @Test
    void runsInstancesOfAvailableImagesOnly() {
        String pending = aws.simulator().ec2().addImage(ImageSpec.named("new").state("pending"));

        assertThat(codeOf(() -> aws.ec2()
                        .runInstances(r -> r.imageId(pending).minCount(1).maxCount(1))))
                .isEqualTo("InvalidAMIID.Unavailable");
        assertThat(messageOf(() -> aws.ec2().runInstances(r -> r.imageId("ami-0abcdef1234567890"))))
                .isEqualTo("The request must contain the parameter MinCount");
    }

    @Test
    void findsInstancesByTagsLiterallyWhenTheWildcardsAreEscaped() {
        String star = aws.simulator().ec2().runInstance(Map.of("Name", "we*b?\\"));
        String plain = aws.simulator().ec2().runInstance(Map.of("Name", "weeb1\\"));

        assertThat(found(filter("tag:Name", "we*b?\\\\"))).containsExactly(star, plain);
        assertThat(found(filter("tag:Name", "we\\*b\\?\\\\"))).containsExactly(star);
        assertThat(found(filter("tag:name", "*"))).isEmpty();
        assertThat(found(filter("tag:Name", "WEEB1*"))).isEmpty();
        assertThat(found(filter("tag-key", "Na*"))).hasSize(2);
    }

    @Test
    void findsInstancesThatMatchAllFiltersAndAnyValueOfEach() {
        String a = aws.simulator().ec2().runInstance(Map.of("Role", "web", "Env", "prod"));
        aws.simulator().ec2().runInstance(Map.of("Role", "web", "Env", "test"));
        aws.simulator().ec2().runInstance(Map.of("Role", "db", "Env", "prod"));
        String stopped = aws.simulator()
                .ec2()
                .runInstance(InstanceSpec.running()
                        .state("stopped")
                        .tag("Role", "db")
                        .tag("Env", "prod")
                        .rootDeviceType("instance-store"));

        assertThat(found(filter("tag:Role", "web"), filter("tag:Env", "prod"))).containsExactly(a);
        assertThat(found(filter("tag:Role", "web", "db"), filter("tag:Env", "prod")))
                .hasSize(3);
        assertThat(found(filter("instance-state-name", "stopped"))).containsExactly(stopped);
        assertThat(found(filter("root-device-type", "instance-store"))).containsExactly(stopped);
        assertThat(found(filter("instance-id", a))).containsExactly(a);
        assertThat(messageOf(() -> found(filter("colour", "red")))).isEqualTo("The filter 'colour' is invalid");
    }

    @Test
    void refusesMoreThan200FilterValues() {
        String[] values = new String[201];
        Arrays.fill(values, "x");

        assertThat(codeOf(() -> found(filter("tag:Name", values)))).isEqualTo("FilterLimitExceeded");
    }

    @Test
    void listsInstancesInPages() {
        for (int i = 0; i < 12; i++) {
            aws.instance();
        }

        DescribeInstancesResponse first = aws.ec2().describeInstances(r -> r.maxResults(5));

        assertThat(first.nextToken()).isNotBlank();
        assertThat(aws.ec2().describeInstancesPaginator(r -> r.maxResults(5)).stream())
                .extracting(page -> page.reservations().size())
                .containsExactly(5, 5, 2);
        assertThat(codeOf(() -> aws.ec2().describeInstances(r -> r.maxResults(4))))
                .isEqualTo("InvalidParameterValue");
        assertThat(codeOf(() -> aws.ec2().describeInstances(r -> r.maxResults(1001))))
                .isEqualTo("InvalidParameterValue");
        assertThat(codeOf(() -> aws.ec2().describeInstances(r -> r.maxResults(5).instanceIds("i-00000000000000000"))))
                .isEqualTo("InvalidParameterCombination");
    }

    @Test
    void tellsUnknownFromMalformedIds() {
        assertThat(codeOf(() -> described("i-00000000000000000"))).isEqualTo("InvalidInstanceID.NotFound");
        assertThat(codeOf(() -> described("i-xyz"))).isEqualTo("InvalidInstanceID.Malformed");
        assertThat(messageOf(() ->
                        aws.ec2().describeInstances(r -> r.instanceIds("i-00000000000000000", "i-00000000000000001"))))
                .isEqualTo("The instance IDs 'i-00000000000000000, i-00000000000000001' do not exist");
    }

    @Test
    void stopsStartsAndTerminates() {
        String id = aws.instance();

        assertThat(aws.ec2()
                        .stopInstances(r -> r.instanceIds(id))
                        .stoppingInstances()
                        .get(0)
                        .currentState()
                        .nameAsString())
                .isEqualTo("stopping");
        assertThat(described(id).state().nameAsString()).as("not seen yet").isEqualTo("running");
        aws.passSeconds(2);
        assertThat(described(id).state().nameAsString()).isEqualTo("stopping");
        assertThat(codeOf(() -> aws.createImage(id, "while-stopping"))).isEqualTo("IncorrectInstanceState");
        assertThat(codeOf(() -> aws.ec2().startInstances(r -> r.instanceIds(id))))
                .isEqualTo("IncorrectInstanceState");
        aws.passSeconds(3);
        assertThat(described(id).state().nameAsString()).isEqualTo("stopped");
        aws.ec2().startInstances(r -> r.instanceIds(id));
        aws.passSeconds(5);
        assertThat(described(id).state().nameAsString()).isEqualTo("running");
        aws.ec2().terminateInstances(r -> r.instanceIds(id));
        aws.passSeconds(5);
        assertThat(described(id).state().nameAsString()).isEqualTo("terminated");
        aws.pass(Duration.ofHours(1));
        assertThat(codeOf(() -> described(id))).isEqualTo("InvalidInstanceID.NotFound");
    }

    @Test
    void reportsStatusChecksThroughTheRebootOfCreateImage() {
        String id = aws.instance();
        aws.createImage(id, "image");

        assertThat(status(id)).as("the reboot is not seen yet").isEqualTo("ok");
        aws.passSeconds(2);
        assertThat(status(id)).isEqualTo("initializing");
        aws.passSeconds(102);
        assertThat(status(id)).isEqualTo("initializing");
        aws.passSeconds(1);
        assertThat(status(id)).isEqualTo("ok");
    }

    @Test
    void neverComesBackWhenAFaultSaysSoUntilItIsRestarted() {
        String id = aws.instance();
        aws.simulator().faults().add(Fault.on("CreateImage").neverBack());
        aws.createImage(id, "image");

        aws.pass(Duration.ofHours(5));
        assertThat(status(id)).isEqualTo("impaired");
        assertThat(codeOf(() -> aws.createImage(id, "second"))).isEqualTo("InvalidRequest");
        aws.ec2().rebootInstances(r -> r.instanceIds(id));
        aws.pass(Duration.ofMinutes(5));
        assertThat(status(id)).isEqualTo("ok");
        assertThat(aws.createImage(id, "second")).startsWith("ami-0");
    }

    @Test
    void reportsTheStatusOfRunningInstancesUnlessAskedForAll() {
        String running = aws.instance();
        String stopped =
                aws.simulator().ec2().runInstance(InstanceSpec.running().state("stopped"));

        assertThat(aws.ec2().describeInstanceStatus(r -> {}).instanceStatuses())
                .extracting(InstanceStatus::instanceId)
                .containsExactly(running);
        assertThat(aws.ec2()
                        .describeInstanceStatus(r -> r.includeAllInstances(true).instanceIds(stopped))
                        .instanceStatuses())
                .singleElement()
                .satisfies(status -> {
                    assertThat(status.instanceState().nameAsString()).isEqualTo("stopped");
                    assertThat(status.instanceStatus().statusAsString()).isEqualTo("not-applicable");
                });
        List<String> tooMany = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            tooMany.add(running);
        }
        assertThat(codeOf(() -> aws.ec2().describeInstanceStatus(r -> r.instanceIds(tooMany))))
                .isEqualTo("InvalidParameterValue");
    }

    @Test
    void knowsOneRegion() {
        assertThat(aws.ec2().describeRegions().regions())
                .extracting(region -> region.regionName())
                .containsExactly("ap-northeast-1");
    }

    private Instance described(String id) {
        return aws.ec2()
                .describeInstances(r -> r.instanceIds(id))
                .reservations()
                .get(0)
                .instances()
                .get(0);
    }

    private String status(String id) {
        return aws.ec2()
                .describeInstanceStatus(r -> r.instanceIds(id))
                .instanceStatuses()
                .get(0)
                .instanceStatus()
                .statusAsString();
    }

    private List<String> found(Filter... filters) {
        return aws.ec2().describeInstances(r -> r.filters(filters)).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(Instance::instanceId)
                .toList();
    }
}
