package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

class RequestBucketsTest {

    @RegisterExtension
    final SimulatedAws aws = new SimulatedAws();

    @Test
    void letsAsManyCallsThroughAsAwsPublishes() {
        aws.settings(s -> s.buckets(RequestBuckets.aws()));

        assertThat(admitted(150, () -> aws.ec2().describeRegions())).isEqualTo(100);
        assertThat(admitted(80, () -> aws.ec2().describeInstanceStatus(r -> r.maxResults(5))))
                .isEqualTo(80);
        assertThat(admitted(60, () -> aws.ec2().describeInstances(r -> {}))).isEqualTo(50);
        assertThat(admitted(
                        10,
                        () -> aws.ec2()
                                .runInstances(r -> r.imageId("ami-0abcdef1234567890")
                                        .minCount(1)
                                        .maxCount(1))))
                .isEqualTo(5);
    }

    @Test
    void refillsInSimulatedTime() {
        aws.settings(s -> s.buckets(RequestBuckets.none().with("DescribeRegions", 2, 0.5)));
        assertThat(admitted(3, () -> aws.ec2().describeRegions())).isEqualTo(2);

        aws.passSeconds(1);
        assertThat(codeOf(() -> aws.ec2().describeRegions())).isEqualTo("RequestLimitExceeded");
        aws.passSeconds(1);
        assertThat(admitted(2, () -> aws.ec2().describeRegions())).isEqualTo(1);
        aws.passSeconds(3600);
        assertThat(admitted(3, () -> aws.ec2().describeRegions())).isEqualTo(2);
    }

    @Test
    void writesThrottledCallsIntoTheLedger() {
        aws.settings(s -> s.buckets(RequestBuckets.none().with("DescribeRegions", 1, 0)));
        admitted(3, () -> aws.ec2().describeRegions());

        assertThat(aws.simulator().ledger().calls("DescribeRegions"))
                .extracting(Call::outcome)
                .containsExactly("OK", "RequestLimitExceeded", "RequestLimitExceeded");
        assertThat(aws.simulator().ledger().throttled()).hasSize(2);
    }

    @Test
    void limitsNothingUnlessAskedTo() {
        assertThat(admitted(120, () -> aws.ec2().describeRegions())).isEqualTo(120);
    }

    private static int admitted(int calls, Runnable call) {
        int admitted = 0;
        for (int i = 0; i < calls; i++) {
            try {
                call.run();
                admitted++;
            } catch (AwsServiceException e) {
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("RequestLimitExceeded");
            }
        }
        return admitted;
    }
}
