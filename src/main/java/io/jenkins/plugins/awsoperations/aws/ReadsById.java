package io.jenkins.plugins.awsoperations.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads by a list of ids where one unknown id fails the whole call: EC2 names the ids that it does not know, or not yet, and the
 * others are asked for again.
 */
public final class ReadsById {

    private ReadsById() {}

    /**
     * @param ids what to read
     * @param notFoundCodes the error codes of an unknown id, as {@code InvalidAMIID.NotFound}
     * @param call one call to AWS
     * @return what AWS knows; unknown ids are absent
     */
    public static <V> Map<String, V> known(
            List<String> ids, Set<String> notFoundCodes, Function<List<String>, Map<String, V>> call) {
        List<String> wanted = new ArrayList<>(ids);
        while (!wanted.isEmpty()) {
            try {
                return call.apply(List.copyOf(wanted));
            } catch (AwsCallException e) {
                String message = String.valueOf(e.failure().awsMessage());
                if (notFoundCodes.stream().noneMatch(e::hasCode) || !wanted.removeIf(message::contains)) {
                    throw e;
                }
            }
        }
        return Map.of();
    }
}
