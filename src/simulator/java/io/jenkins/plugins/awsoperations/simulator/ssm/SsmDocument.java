package io.jenkins.plugins.awsoperations.simulator.ssm;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A document that Run Command can run.
 *
 * @param name its name
 * @param platforms platform types that it is for
 * @param plugin the one plugin that it consists of, without {@code aws:}
 * @param parameters names of its parameters; null when it takes any
 */
record SsmDocument(
        String name,
        Set<String> platforms,
        String plugin,
        @Nullable Set<String> parameters) {

    private static final String SHELL = "runShellScript";
    private static final String POWER_SHELL = "runPowerShellScript";
    private static final Set<String> OF_A_SCRIPT = Set.of("commands", "workingDirectory", "executionTimeout");

    static final SsmDocument RUN_SHELL_SCRIPT =
            new SsmDocument("AWS-RunShellScript", Set.of("Linux", "MacOS"), SHELL, OF_A_SCRIPT);

    static final SsmDocument RUN_POWER_SHELL_SCRIPT =
            new SsmDocument("AWS-RunPowerShellScript", Set.of("Windows"), POWER_SHELL, OF_A_SCRIPT);

    /** A document of the account's own. */
    static SsmDocument custom(String name, String platformType) {
        return new SsmDocument(name, Set.of(platformType), platformType.equals("Windows") ? POWER_SHELL : SHELL, null);
    }

    /** Its plugin as it appears in the names of log streams. */
    String streamName() {
        return "aws-" + plugin;
    }

    /** Its plugin as it appears in the keys of S3 objects. */
    String objectName() {
        return "aws" + plugin;
    }
}
