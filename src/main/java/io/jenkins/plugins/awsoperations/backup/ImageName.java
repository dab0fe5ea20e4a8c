package io.jenkins.plugins.awsoperations.backup;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image: a template filled in for one instance and run. AWS's rules: 3 to 128 characters of letters, digits and
 * {@code ()[] ./-'@_}, unique in account and region (EC2 API reference, CreateImage).
 */
public final class ImageName {

    private static final int MIN = 3;
    private static final int MAX = 128;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z]*)}");
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9()\\[\\] ./'@_-]*");
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private ImageName() {}

    /** What is wrong with a template, or empty. */
    public static Optional<String> problem(String template) {
        Matcher matcher = VARIABLE.matcher(template);
        boolean names = false;
        while (matcher.find()) {
            String variable = matcher.group(1);
            switch (variable) {
                case "instanceId", "instanceName" -> names = true;
                case "plan", "timestamp", "token" -> {}
                default -> {
                    return Optional.of("has the unknown variable ${" + variable
                            + "}: there are ${instanceId}, ${instanceName}," + " ${plan}, ${timestamp} and ${token}");
                }
            }
        }
        if (!names) {
            return Optional.of("must contain ${instanceId} or ${instanceName}: AWS wants unique names");
        }
        String literals = VARIABLE.matcher(template).replaceAll("");
        if (!LITERAL.matcher(literals).matches()) {
            return Optional.of("has characters that AWS does not take in a name: '"
                    + literals.replaceAll("[A-Za-z0-9()\\[\\] ./'@_-]", "") + "'");
        }
        if (literals.length() > MAX - MIN) {
            return Optional.of("is too long: AWS takes " + MAX + " characters");
        }
        return Optional.empty();
    }

    /**
     * The name for one instance and run. However long the parts are, the unique tail survives.
     *
     * @param template valid by {@link #problem}
     * @param instanceId goes in whole
     * @param instanceName other characters than AWS's become {@code -}
     * @param plan a valid plan
     * @param startedAt when the run began; UTC is written
     * @param token the run's token
     * @param suffix 0 for the first name of a run, counted up when a name is taken or an image is made again
     */
    public static String of(
            String template,
            String instanceId,
            String instanceName,
            String plan,
            Instant startedAt,
            String token,
            int suffix) {
        String unique = suffix == 0 ? token : token + "-" + (suffix + 1);
        String complete = template.contains("${token}") ? template : template + "_${token}";
        boolean hasId = complete.contains("${instanceId}");
        String name =
                fill(complete, instanceId, instanceName, plan, startedAt, hasId ? unique : tail(instanceId, unique));
        if (name.length() <= MAX) {
            return name;
        }
        String end = "_" + tail(instanceId, unique);
        return name.substring(0, MAX - end.length()) + end;
    }

    private static String tail(String instanceId, String unique) {
        return instanceId + "_" + unique;
    }

    private static String fill(
            String template, String instanceId, String instanceName, String plan, Instant startedAt, String token) {
        return VARIABLE.matcher(template)
                .replaceAll(m -> Matcher.quoteReplacement(
                        switch (m.group(1)) {
                            case "instanceId" -> instanceId;
                            case "instanceName" -> instanceName.replaceAll("[^A-Za-z0-9()./_-]", "-");
                            case "plan" -> plan;
                            case "timestamp" -> TIMESTAMP.format(startedAt);
                            default -> token;
                        }));
    }
}
