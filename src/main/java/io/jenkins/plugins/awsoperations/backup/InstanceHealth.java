package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.aws.ReadsById;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;

/**
 * Whether an instance is up (EC2 DescribeInstanceStatus).
 *
 * @param state the instance's state, as {@code running}
 * @param checksPassed whether system and instance status are both {@code ok}
 */
record InstanceHealth(String state, boolean checksPassed) {

    boolean isBack() {
        return state.equals("running") && checksPassed;
    }

    /** Whether it will not come back by itself. */
    boolean isGone() {
        return state.equals("terminated") || state.equals("shutting-down");
    }

    /** One call for 100 instances at most; an instance that AWS does not know is absent. */
    static Map<String, InstanceHealth> read(AwsConnection aws, List<String> instanceIds) {
        return ReadsById.known(
                instanceIds,
                Set.of("InvalidInstanceID.NotFound"),
                ids -> aws.call(
                        "ec2",
                        "DescribeInstanceStatus",
                        String.join(", ", ids),
                        () -> aws
                                .ec2()
                                .describeInstanceStatus(r -> r.instanceIds(ids).includeAllInstances(true))
                                .instanceStatuses()
                                .stream()
                                .collect(Collectors.toMap(
                                        InstanceStatus::instanceId, InstanceHealth::of, (a, b) -> b))));
    }

    private static InstanceHealth of(InstanceStatus s) {
        boolean ok = s.systemStatus() != null
                && s.instanceStatus() != null
                && "ok".equals(s.systemStatus().statusAsString())
                && "ok".equals(s.instanceStatus().statusAsString());
        return new InstanceHealth(
                s.instanceState() == null
                        ? "unknown"
                        : String.valueOf(s.instanceState().nameAsString()),
                ok);
    }
}
