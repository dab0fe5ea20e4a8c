package io.jenkins.plugins.awsoperations.simulator.wire;

import java.util.function.UnaryOperator;

/**
 * Where a service is, and whom it serves.
 *
 * @param region id of the Region
 * @param accountId twelve digits
 * @param callerArn from an access key id to the ARN that error messages name
 */
public record Account(String region, String accountId, UnaryOperator<String> callerArn) {

    /**
     * Where permission is decided, once the parameters are valid. An action of a JSON service calls this exactly once.
     *
     * @param action what is done, for example {@code ssm:SendCommand}
     * @param resourceArn what it is done to
     * @throws AwsError AccessDeniedException
     */
    public void permit(ServedCall call, String action, String resourceArn) {
        if (call.denied()) {
            throw AwsError.badRequest("AccessDeniedException", denial(call, action, resourceArn));
        }
    }

    /** What AWS says to a caller that may not do something. */
    public String denial(ServedCall call, String action, String resourceArn) {
        return "User: " + callerArn.apply(call.principal()) + " is not authorized to perform: " + action
                + " on resource: " + resourceArn + " because no identity-based policy allows the " + action + " action";
    }
}
