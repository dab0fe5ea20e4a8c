package io.jenkins.plugins.awsoperations.jenkins.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.awsoperations.backup.BackupRequest;
import io.jenkins.plugins.awsoperations.backup.BackupRequestBuilder;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.Problem;
import io.jenkins.plugins.awsoperations.operation.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes a valid request of the step's parameters, or says of each what is wrong with it. */
final class BackupParameterReader {

    private final Ec2BackupParameters from;
    private final List<Problem> problems = new ArrayList<>();

    BackupParameterReader(Ec2BackupParameters from) {
        this.from = from;
    }

    /**
     * @param defaultPlan the plan when none is given
     * @throws OperationException of kind CONFIGURATION that names every parameter that is wrong
     */
    BackupRequest request(String defaultPlan) {
        BackupRequestBuilder builder = builder(defaultPlan);
        problems.addAll(builder.problems());
        Problems.refuse(problems);
        return builder.build();
    }

    /** What is wrong with the text of one field of the form, apart from all others. */
    static Optional<String> problem(String field, String text) {
        Ec2BackupStep step = new Ec2BackupStep();
        try {
            new FormField(field, text).setIn(step);
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage().replaceFirst("^" + field + " ", ""));
        }
        if (step.getTags() == null && step.getInstanceIds() == null) {
            step.setTags(Map.of("a", "b"));
        }
        BackupParameterReader reader = new BackupParameterReader(step);
        List<Problem> found = new ArrayList<>(reader.builder("plan").problems());
        found.addAll(reader.problems);
        return found.stream()
                .filter(problem -> problem.field().equals(field))
                .map(Problem::message)
                .findFirst();
    }

    private BackupRequestBuilder builder(String defaultPlan) {
        BackupRequestBuilder to = BackupRequest.builder();
        orEmpty(from.getTags()).forEach((key, value) -> to.tag(key, values(value)));
        orEmpty(from.getExcludeTags()).forEach((key, value) -> to.excludeTag(key, values(value)));
        orEmpty(from.getImageTags()).forEach((key, value) -> imageTag(to, key, value));
        to.instanceIds(orEmpty(from.getInstanceIds()));
        to.excludeDevices(orEmpty(from.getExcludeDevices()));
        return to.plan(from.getPlan() == null ? defaultPlan : from.getPlan())
                .generations(from.getGenerations())
                .retentionDays(from.getRetentionDays())
                .reboot(from.isReboot())
                .rebootConcurrency(from.getRebootConcurrency())
                .imageName(from.getImageName())
                .description(from.getDescription())
                .copyTags(from.isCopyTags())
                .tagSnapshots(from.isTagSnapshots())
                .statusCheck(choice("statusCheck", from.getStatusCheck(), BackupRequest.StatusCheck.RETRY))
                .maxAttempts(from.getMaxAttempts())
                .timeoutMinutes(from.getTimeoutMinutes())
                .onConflict(choice("onConflict", from.getOnConflict(), BackupRequest.OnConflict.WAIT))
                .conflictTimeoutMinutes(from.getConflictTimeoutMinutes())
                .shareWindowMinutes(from.getShareWindowMinutes())
                .parallelism(from.getParallelism())
                .maxInstances(from.getMaxInstances())
                .ifNoInstances(choice("ifNoInstances", from.getIfNoInstances(), BackupRequest.IfNoInstances.FAIL))
                .onPartialFailure(
                        choice("onPartialFailure", from.getOnPartialFailure(), BackupRequest.OnPartialFailure.FAIL))
                .keepTag(from.getKeepTag())
                .deprecateAfterDays(from.getDeprecateAfterDays())
                .dryRun(from.isDryRun());
    }

    private void imageTag(BackupRequestBuilder to, String key, Object value) {
        List<String> values = TagText.values(value);
        if (values.size() == 1) {
            to.imageTag(key, values.get(0));
        } else {
            problems.add(new Problem("imageTags", "'" + key + "' has several values; a tag of an image has one"));
        }
    }

    /** @param stand what to go on with, to find further problems, when the name is none */
    private <E extends Enum<E>> E choice(String field, String name, E stand) {
        E[] all = stand.getDeclaringClass().getEnumConstants();
        String wanted = name.toUpperCase(Locale.ROOT);
        for (E one : all) {
            if (one.name().equals(wanted)) {
                return one;
            }
        }
        problems.add(new Problem(
                field,
                "must be one of " + Arrays.stream(all).map(Enum::name).collect(Collectors.joining(", ")) + ", not '"
                        + name + "'"));
        return stand;
    }

    private static List<String> orEmpty(@CheckForNull List<String> list) {
        return list == null ? List.of() : list;
    }

    private static Map<String, Object> orEmpty(@CheckForNull Map<String, Object> map) {
        return map == null ? Map.of() : map;
    }

    private static String[] values(Object value) {
        return TagText.values(value).toArray(String[]::new);
    }
}
