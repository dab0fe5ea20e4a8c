package io.jenkins.plugins.awsoperations.alert;

import static io.jenkins.plugins.awsoperations.alert.AlertWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.ExamplePolicy;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The policy that users copy allows what an alert calls, and nothing that it never calls. */
class FailEventPolicySimulatorTest {

    @Test
    void allowsEveryActionOfAnAlertAndNoOther() throws IOException {
        try (AlertWorld world = new AlertWorld()) {
            world.aws.events().createBus("alerts");
            world.succeed(request());
            world.succeed(request().eventBus("alerts"));

            Set<String> called = world.aws.ledger().calls().stream()
                    .filter(c -> !c.service().equals("sts"))
                    .map(c -> c.service() + ":" + c.action())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(ExamplePolicy.actions("send-fail-event.json")).isEqualTo(called);
        }
    }
}
