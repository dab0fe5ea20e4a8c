package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.codeOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.errorOf;
import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class FaultsTest {

    @RegisterExtension
    final SimulatedAws aws = new SimulatedAws();

    @Test
    void answersTheErrorsOfTheSeedInTheirOrder() {
        String id = aws.instance();
        faults().add(Fault.on("CreateImage")
                .where("InstanceId", id)
                .times(2)
                .error(
                        "InvalidAMIName.Duplicate",
                        "AMI name ${Name} is already in use by AMI ami-02563998776c5593c",
                        400));
        faults().add(Fault.on("CreateImage").times(1).error("InvalidRequest", "Another for ${InstanceId}", 400));

        assertThat(messageOf(() -> aws.createImage(id, "nightly")))
                .isEqualTo("AMI name nightly is already in use by AMI ami-02563998776c5593c");
        assertThat(codeOf(() -> aws.createImage(id, "nightly"))).isEqualTo("InvalidAMIName.Duplicate");
        assertThat(messageOf(() -> aws.createImage(id, "nightly"))).isEqualTo("Another for " + id);
        assertThat(aws.createImage(id, "nightly")).startsWith("ami-0");
        assertThat(faults().pending()).isEmpty();
    }

    @Test
    void appliesToTheMatchingCallsOnly() {
        String hit = aws.instance();
        String spared = aws.instance();
        faults().add(Fault.on("CreateImage").where("InstanceId", hit).throttle().always());

        assertThat(aws.createImage(spared, "spared")).startsWith("ami-0");
        assertThat(codeOf(() -> aws.createImage(hit, "hit"))).isEqualTo("RequestLimitExceeded");
        assertThat(codeOf(() -> aws.createImage(hit, "hit"))).isEqualTo("RequestLimitExceeded");
        assertThat(faults().pending())
                .singleElement()
                .satisfies(pending -> assertThat(pending.remaining()).isEqualTo(FaultMatch.ALWAYS));
    }

    @Test
    void letsSomeCallsPassFirst() {
        faults().add(Fault.on("*").skip(2).throttle());

        aws.ec2().describeRegions();
        aws.ec2().describeRegions();
        assertThat(codeOf(() -> aws.ec2().describeRegions())).isEqualTo("RequestLimitExceeded");
        aws.ec2().describeRegions();
    }

    @Test
    void throttlesAsAwsDoes() {
        faults().add(Fault.on("*").throttle());

        AwsServiceException error = errorOf(() -> aws.ec2().describeRegions());

        assertThat(error.statusCode()).isEqualTo(503);
        assertThat(error.awsErrorDetails().errorMessage()).isEqualTo("Request limit exceeded.");
        assertThat(error.isThrottlingException()).isTrue();
        assertThat(aws.simulator().ledger().throttled()).hasSize(1);
    }

    @Test
    void hitsTheSameCallsByChanceInEveryRun() {
        List<Boolean> hits = new ArrayList<>();
        faults().add(Fault.on("DescribeRegions").probability(0.3).throttle());

        for (int i = 0; i < 200; i++) {
            try {
                aws.ec2().describeRegions();
                hits.add(false);
            } catch (AwsServiceException e) {
                hits.add(true);
            }
        }

        assertThat(hits.stream().filter(hit -> hit).count()).isBetween(40L, 80L);
        Faults again = new Faults(42);
        again.add(Fault.on("DescribeRegions").probability(0.3).throttle());
        assertThat(hits)
                .allSatisfy(hit -> assertThat(again.take("DescribeRegions", Map.of(), false) != FaultEffect.NONE)
                        .isEqualTo(hit));
    }

    @Test
    void deniesInAwsWordsAlsoToDryRuns() {
        String id = aws.instance();
        faults().add(Fault.on("CreateImage").always().deny());

        AwsServiceException error = errorOf(() -> aws.createImage(id, "image"));

        assertThat(error.statusCode()).isEqualTo(403);
        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("UnauthorizedOperation");
        assertThat(error.awsErrorDetails().errorMessage())
                .startsWith("You are not authorized to perform this operation. User:"
                        + " arn:aws:iam::123456789012:user/simulator is not authorized to perform: ec2:CreateImage on"
                        + " resource: arn:aws:ec2:ap-northeast-1:123456789012:instance/" + id);
        assertThat(codeOf(() -> aws.ec2()
                        .createImage(r -> r.instanceId(id).name("image").dryRun(true))))
                .isEqualTo("UnauthorizedOperation");
        assertThat(aws.simulator().ec2().images()).isEmpty();
    }

    @Test
    void losesTheReplyAfterTheEffect() {
        String id = aws.instance();
        faults().add(Fault.on("CreateImage").loseReply());

        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> aws.createImage(id, "image"));

        assertThat(aws.simulator().ec2().images()).hasSize(1);
        Call call = aws.simulator().ledger().calls("CreateImage").get(0);
        assertThat(call.outcome()).isEqualTo("REPLY_LOST");
        assertThat(call.resource())
                .isEqualTo(aws.simulator().ec2().images().get(0).imageId());
        assertThat(codeOf(() -> aws.createImage(id, "image"))).isEqualTo("InvalidAMIName.Duplicate");
    }

    @Test
    void losesTheRequestBeforeAnyEffect() {
        String id = aws.instance();
        faults().add(Fault.on("CreateImage").loseRequest());

        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> aws.createImage(id, "image"));

        assertThat(aws.simulator().ec2().images()).isEmpty();
        assertThat(aws.simulator().ledger().calls("CreateImage"))
                .extracting(Call::outcome)
                .containsExactly("REQUEST_LOST");
    }

    @Test
    void answersServerErrorsWithAndWithoutEffect() {
        String id = aws.instance();
        faults().add(Fault.on("CreateImage").serverError(false));
        faults().add(Fault.on("CreateImage").serverError(true));

        AwsServiceException error = errorOf(() -> aws.createImage(id, "image"));
        assertThat(error.statusCode()).isEqualTo(500);
        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InternalError");
        assertThat(aws.simulator().ec2().images()).isEmpty();
        assertThat(codeOf(() -> aws.createImage(id, "image"))).isEqualTo("InternalError");
        assertThat(aws.simulator().ec2().images()).hasSize(1);
    }

    @Test
    void sparesDryRunsFromFaultsAboutTheEffect() {
        String id = aws.instance();
        faults().add(Fault.on("CreateImage").imageFails("broken"));

        assertThat(codeOf(() -> aws.ec2()
                        .createImage(r -> r.instanceId(id).name("image").dryRun(true))))
                .isEqualTo("DryRunOperation");
        assertThat(faults().pending()).hasSize(1);
    }

    @Test
    void refusesRulesThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> faults().add(Fault.on("CreateImage")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.on("CreateImage").probability(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.on("CreateImage").times(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.on("CreateImage").imageState("broken"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fault.on("DeregisterImage").snapshotDeleteResult("no"));
    }

    private Faults faults() {
        return aws.simulator().faults();
    }
}
