package io.jenkins.plugins.awsoperations.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.operation.BlockingRunner;
import io.jenkins.plugins.awsoperations.operation.Conversation;
import io.jenkins.plugins.awsoperations.operation.OperationLog;
import io.jenkins.plugins.awsoperations.operation.OutputChannel;
import io.jenkins.plugins.awsoperations.operation.RunIdentity;
import io.jenkins.plugins.awsoperations.operation.StateStore;
import io.jenkins.plugins.awsoperations.simulator.AwsSimulator;
import io.jenkins.plugins.awsoperations.simulator.SimulatorClock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** From the request to a shell that really runs, and back: over the wire, through an agent, into the log. */
class RealShellSimulatorTest {

    private static final SimulatorClock CLOCK = SimulatorClock.scaled(50);

    private static AwsSimulator aws;
    private static AwsConnections connections;

    @BeforeContainer
    static void start() {
        aws = AwsSimulator.builder().clock(CLOCK).runCommandsForReal(true).start();
        connections = new AwsConnections(CLOCK);
    }

    @AfterContainer
    static void stop() {
        connections.close();
        aws.close();
    }

    @Property(tries = 25)
    void tagsVariablesAndDirectoriesReachTheCommandUnchanged(
            @ForAll("tagValues") String tag, @ForAll("values") String value, @ForAll("values") String name)
            throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh on this machine");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "there is no setsid on this machine");
        String worker = aws.ec2().runInstance(Map.of("role", tag));
        Path root = Files.createTempDirectory("real-shell");
        String directory = root + "/x" + name.replace("/", "_");
        try {
            run(request(tag).environment("DIRECTORY", directory).commands(List.of("mkdir -p -- \"$DIRECTORY\"")));

            Map<OutputChannel, String> output = run(request(tag)
                    .environment("VALUE", value)
                    .workingDirectory(directory)
                    .commands(List.of("printf '%s' \"$VALUE\"", "printf '%s' \"$PWD\" >&2")));

            assertThat(output.getOrDefault(OutputChannel.STDOUT, "")).isEqualTo(value);
            assertThat(output.get(OutputChannel.STDERR)).isEqualTo(directory);
        } finally {
            run(request(tag).commands(List.of("rm -rf -- " + root)));
            aws.ec2().terminateInstance(worker);
        }
    }

    private static CommandRequestBuilder request(String tag) {
        return CommandRequest.builder().tag("role", tag);
    }

    private static Map<OutputChannel, String> run(CommandRequestBuilder request) {
        Map<OutputChannel, ByteArrayOutputStream> written = new EnumMap<>(OutputChannel.class);
        OperationLog log = new OperationLog() {
            @Override
            public void line(String text) {
                // only the output counts here
            }

            @Override
            public void output(OutputChannel channel, byte[] bytes) {
                written.computeIfAbsent(channel, c -> new ByteArrayOutputStream())
                        .writeBytes(bytes);
            }
        };
        RunOnTaggedInstance operation = new RunOnTaggedInstance(connections.connect(AwsAccount.in("ap-northeast-1")
                .endpoint(aws.endpoint())
                .credentials(new AwsCredentialSource.Keys("AKIATEST", "secret", null))
                .build()));
        CommandState state = operation.begin(request.build(), RunIdentity.create("shell", "1"));
        new BlockingRunner(CLOCK::toReal)
                .run(new Conversation<>(operation, state, CLOCK, log, StateStore.none()), status -> {});
        Map<OutputChannel, String> texts = new EnumMap<>(OutputChannel.class);
        written.forEach((channel, bytes) -> texts.put(channel, bytes.toString(StandardCharsets.UTF_8)));
        return texts;
    }

    @Provide
    static Arbitrary<String> values() {
        return Arbitraries.strings()
                .withChars("'\"$`\\\n\t !*?{}[]()<>|&;#~%=-aé日🙂‘’".toCharArray())
                .ofMaxLength(40)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
                .filter(text -> text.getBytes(StandardCharsets.UTF_8).length < 200);
    }

    /** EC2 takes no line breaks in tags. */
    @Provide
    static Arbitrary<String> tagValues() {
        return values().map(text -> text.replaceAll("[\n\t]", "_")).filter(text -> !text.isBlank());
    }
}
