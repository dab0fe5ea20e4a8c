package io.jenkins.plugins.awsoperations.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.awsoperations.operation.OperationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs what the worker would run, as its agent would: a file that is started with {@code sh -c <file>}. */
class CommandScriptTest {

    private static final boolean SHELL = Files.isExecutable(Path.of("/bin/sh"));

    @BeforeEach
    void needsAShell() {
        assumeTrue(SHELL, "there is no /bin/sh on this machine");
    }

    @Property(tries = 150)
    void environmentValuesReachTheCommandUnchanged(@ForAll("values") String value) throws Exception {
        Ran ran = run(CommandRequest.builder().environment("VALUE", value).commands(List.of("printf '%s' \"$VALUE\"")));

        assertThat(ran.stdout()).isEqualTo(value);
        assertThat(ran.exitCode()).isZero();
    }

    @Property(tries = 60)
    void workingDirectoriesWithAnyNameAreEntered(@ForAll("names") String name) throws Exception {
        Path root = Files.createTempDirectory("command-script");
        String directory = root + "/" + name;
        try {
            // By the shell, because the JVM may not be able to name such a file.
            Ran made = run(CommandRequest.builder()
                    .environment("DIRECTORY", directory)
                    .commands(List.of("mkdir -p -- \"$DIRECTORY\"")));
            assertThat(made.exitCode()).isZero();

            Ran ran =
                    run(CommandRequest.builder().workingDirectory(directory).commands(List.of("printf '%s' \"$PWD\"")));

            assertThat(ran.stdout()).isEqualTo(directory);
        } finally {
            run(CommandRequest.builder().workingDirectory("/").commands(List.of("rm -rf -- " + root)));
        }
    }

    @Provide
    static Arbitrary<String> values() {
        Arbitrary<Character> nasty = Arbitraries.of(
                '\'', '"', '$', '`', '\\', '\n', '\r', '\t', ' ', '!', '*', '?', '{', '}', '[', ']', '(', ')', '<', '>',
                '|', '&', ';', '#', '~', '%', '=', '-', 'a', 'é', '日', '‘', '’');
        return Arbitraries.oneOf(
                        nasty.list().ofMaxSize(40).map(CommandScriptTest::join),
                        Arbitraries.strings().ofMaxLength(30))
                .filter(CommandScriptTest::isText);
    }

    @Provide
    static Arbitrary<String> names() {
        return values().map(v -> v.replace("/", "_"))
                .filter(v -> !v.isEmpty() && !v.equals(".") && !v.equals(".."))
                .filter(v -> v.getBytes(StandardCharsets.UTF_8).length < 200);
    }

    private static String join(List<Character> characters) {
        StringBuilder text = new StringBuilder();
        characters.forEach(text::append);
        return text.toString();
    }

    private static boolean isText(String value) {
        return value.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(value);
    }

    @Test
    void theFirstCommandThatFailsIsTheLastOne() throws Exception {
        Ran ran = run(CommandRequest.builder().commands(List.of("echo one", "sh -c 'exit 7'", "echo never")));

        assertThat(ran.stdout()).isEqualTo("one\n");
        assertThat(ran.exitCode()).isEqualTo(7);
    }

    @Test
    void withoutFailFastTheLastCommandDecides() throws Exception {
        Ran ran = run(CommandRequest.builder().failFast(false).commands(List.of("false", "echo two")));

        assertThat(ran.stdout()).isEqualTo("two\n");
        assertThat(ran.exitCode()).isZero();
    }

    @Test
    void aMissingWorkingDirectoryStopsBeforeTheFirstCommandAlsoWithoutFailFast() throws Exception {
        Ran ran = run(CommandRequest.builder()
                .failFast(false)
                .workingDirectory("/does/not/exist")
                .commands(List.of("echo never")));

        assertThat(ran.stdout()).isEmpty();
        assertThat(ran.exitCode()).isEqualTo(1);
    }

    @Test
    void aShebangOfAShellIsHonouredWithItsSurroundings() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash on this machine");
        Ran ran = run(CommandRequest.builder()
                .environment("WHO", "it's me")
                .commands(List.of("#!/bin/bash\na=(1 2 3)\necho \"${#a[@]} $WHO\"")));

        assertThat(ran.stdout()).isEqualTo("3 it's me\n");
    }

    @Test
    void aScriptOfAnotherInterpreterIsSentAsItIs() {
        CommandRequest request = CommandRequest.builder()
                .tag("role", "w")
                .commands(List.of("#!/usr/bin/env python3", "print(1)"))
                .build();

        assertThat(CommandScript.of(request).shell()).containsExactly("#!/usr/bin/env python3", "print(1)");
    }

    @Test
    void whatCannotBePutAroundAnotherInterpreterIsAnError() {
        assertThatThrownBy(() -> CommandRequest.builder()
                        .tag("role", "w")
                        .environment("A", "b")
                        .commands(List.of("#!/usr/bin/env python3\nprint(1)"))
                        .build())
                .isInstanceOf(OperationException.class)
                .hasMessageContaining("environment can be set for shells only")
                .hasMessageContaining("#!/usr/bin/env python3");
    }

    @Test
    void anotherUserRunsTheCommandsWithTheSameSurroundings() throws Exception {
        assumeTrue(
                run(CommandRequest.builder()
                                .failFast(false)
                                .commands(List.of("id -u; command -v runuser > /dev/null && id nobody > /dev/null")))
                        .stdout()
                        .equals("0\n"),
                "only root can be another user");
        Ran ran = run(CommandRequest.builder()
                .runAs("nobody")
                .workingDirectory("/tmp")
                .environment("VALUE", "a'b\"c $x `y` {{z}}\nnext")
                .commands(List.of("id -un", "pwd", "printf '%s\\n' \"$VALUE\" \"$USER\"", "exit 9")));

        assertThat(ran.stdout()).isEqualTo("nobody\n/tmp\na'b\"c $x `y` {{z}}\nnext\nnobody\n");
        assertThat(ran.exitCode()).isEqualTo(9);
    }

    @Test
    void valuesHaveNoBracesThatSystemsManagerWouldReplace() {
        assertThat(CommandScript.shellQuoted("{{ssm:a}} {{{")).doesNotContain("{{");
        assertThat(CommandScript.powerShellQuoted("{{ssm:a}} {{{")).doesNotContain("{{");
    }

    @Test
    void powerShellGetsEveryKindOfQuoteDoubled() {
        assertThat(CommandScript.powerShellQuoted("it's ‘so’ $x `n \"")).isEqualTo("'it''s ‘‘so’’ $x `n \"'");
        assertThat(CommandScript.powerShellQuoted("a{{b")).isEqualTo("('a{' + '{b')");
    }

    @Test
    void powerShellChecksTheExitCodeOfEachCommand() {
        CommandRequest request = CommandRequest.builder()
                .tag("role", "w")
                .workingDirectory("C:\\batch")
                .environment("MODE", "full")
                .commands(List.of("backup.exe", "Write-Host done"))
                .build();

        assertThat(CommandScript.of(request).powerShell())
                .containsExactly(
                        "$ErrorActionPreference = 'Stop'",
                        "$global:LASTEXITCODE = 0",
                        "[Environment]::SetEnvironmentVariable('MODE', 'full', 'Process')",
                        "Set-Location -LiteralPath 'C:\\batch' -ErrorAction Stop",
                        "backup.exe",
                        "if ($LASTEXITCODE) { exit $LASTEXITCODE }",
                        "Write-Host done",
                        "if ($LASTEXITCODE) { exit $LASTEXITCODE }");
    }

    @Test
    void whatFollowsAnInterpreterDoesNotRunAsRoot() throws Exception {
        CommandRequest request = CommandRequest.builder()
                .tag("role", "w")
                .runAs("nobody")
                .commands(List.of("#!/bin/sh -e & id -u; : ", "true"))
                .build();

        assertThat(CommandScript.of(request).shell().toString()).contains("'/bin/sh' '-e & id -u; :' -c");
    }

    @Test
    void aParameterOfSystemsManagerIsNotPutIntoTheScriptOfAnotherUser() {
        CommandRequest request = CommandRequest.builder()
                .tag("role", "w")
                .runAs("nobody")
                .environment("VALUE", "{{ssm:a}}")
                .commands(List.of("echo {{ssm:b}}"))
                .build();

        assertThat(CommandScript.of(request).shell().toString()).doesNotContain("{{");
    }

    @Test
    void powerShellChecksTheExitCodeAlsoInStrictMode() {
        CommandRequest request = CommandRequest.builder()
                .tag("role", "w")
                .commands(List.of("Set-StrictMode -Version Latest", "Write-Host done"))
                .build();

        assertThat(CommandScript.of(request).powerShell())
                .containsSubsequence("$global:LASTEXITCODE = 0", "Set-StrictMode -Version Latest");
    }

    @Test
    void whatAnotherUserRunsIsNotSeenInTheListOfProcesses() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/cmdline")), "there is no /proc on this machine");
        assumeTrue(
                run(CommandRequest.builder()
                                .failFast(false)
                                .commands(List.of("id -u; command -v runuser > /dev/null && id nobody > /dev/null")))
                        .stdout()
                        .equals("0\n"),
                "only root can be another user");
        Ran ran = run(CommandRequest.builder()
                .runAs("nobody")
                .environment("PASSWORD", "secret")
                .commands(List.of("cat /proc/$$/cmdline /proc/$PPID/cmdline | tr '\\0' ' '", "wc -c", "exit 9")));

        assertThat(ran.stdout()).contains("runuser").doesNotContain("secret").endsWith("0\n");
        assertThat(ran.exitCode()).isEqualTo(9);
    }

    private record Ran(int exitCode, String stdout) {}

    private static Ran run(CommandRequestBuilder builder) throws IOException, InterruptedException {
        List<String> lines =
                CommandScript.of(builder.tag("role", "worker").build()).shell();
        Path script = Files.createTempFile("_script", ".sh");
        try {
            Files.write(script, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
            assertThat(script.toFile().setExecutable(true)).isTrue();
            Process process = new ProcessBuilder("/bin/sh", "-c", script.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            ByteArrayOutputStream stdout = new ByteArrayOutputStream();
            process.getInputStream().transferTo(stdout);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            return new Ran(process.exitValue(), stdout.toString(StandardCharsets.UTF_8));
        } finally {
            Files.delete(script);
        }
    }
}
