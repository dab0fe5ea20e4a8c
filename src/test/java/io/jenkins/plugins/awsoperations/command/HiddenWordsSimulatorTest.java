package io.jenkins.plugins.awsoperations.command;

import static io.jenkins.plugins.awsoperations.command.CommandWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.operation.VirtualTime;
import io.jenkins.plugins.awsoperations.simulator.ssm.NodeOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not be shown is taken out of a long line before it is cut: of a worker's last words, and of the command. */
class HiddenWordsSimulatorTest {

    private static final String SECRET = "S3CRET";
    private static final String BEGIN = SECRET.substring(0, 3);

    private final CommandWorld world = new CommandWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private VirtualTime.Run<CommandState, CommandResult> run(String command, String lastWords) {
        world.worker("worker-1", c -> NodeOutcome.exit(3).stderr(lastWords + "\n"));
        VirtualTime.Run<CommandState, CommandResult> run =
                world.start(request(command)).hiding(text -> text.replace(SECRET, "****"));
        world.time.run();
        return run;
    }

    @ParameterizedTest
    @ValueSource(ints = {295, 297, 299})
    void ofASecretInTheLastWordsNoPartIsTold(int before) {
        VirtualTime.Run<CommandState, CommandResult> run = run("load", "x".repeat(before) + SECRET + "y".repeat(300));

        assertThat(run.failure().message()).contains("exit code 3: xxx", "*").endsWith("…");
        assertThat(run.failure().describe()).doesNotContain(BEGIN);
    }

    @ParameterizedTest
    @ValueSource(ints = {75, 77, 79})
    void norOfASecretInTheCommand(int before) {
        VirtualTime.Run<CommandState, CommandResult> run =
                run("echo " + "x".repeat(before - 5) + SECRET + "y".repeat(100), "no");

        assertThat(run.log).noneMatch(line -> line.contains(BEGIN)).anyMatch(line -> line.contains(": echo xxx"));
    }

    @Test
    void aShortLineIsLeftToWhoeverShowsIt() {
        VirtualTime.Run<CommandState, CommandResult> run = run("load", "no " + SECRET);

        assertThat(run.failure().message()).endsWith("exit code 3: no " + SECRET);
    }
}
