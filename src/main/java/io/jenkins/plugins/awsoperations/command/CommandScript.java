package io.jenkins.plugins.awsoperations.command;

import io.jenkins.plugins.awsoperations.operation.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The script that a worker runs: the commands with their surroundings before them, each value quoted so that no shell looks
 * into it. The agent writes the lines into a file and starts it as a program, so that a first line {@code #!} counts (source of
 * amazon-ssm-agent, runscript).
 */
final class CommandScript {

    private static final Pattern SHEBANG = Pattern.compile("#![ \\t]*([^\\r\\n]+)");
    private static final Pattern SHELL = Pattern.compile("(.*/)?(sh|bash|dash|ash|ksh|mksh|zsh)");

    private final List<String> commands;
    private final Map<String, String> environment;
    private final @Nullable String workingDirectory;
    private final @Nullable String runAs;
    private final boolean failFast;

    private CommandScript(
            List<String> commands,
            Map<String, String> environment,
            @Nullable String workingDirectory,
            @Nullable String runAs,
            boolean failFast) {
        this.commands = List.copyOf(commands);
        this.environment = environment;
        this.workingDirectory = workingDirectory;
        this.runAs = runAs;
        this.failFast = failFast;
    }

    static CommandScript of(CommandRequest r) {
        return new CommandScript(r.commands(), r.environment(), r.workingDirectory(), r.runAs(), r.failFast());
    }

    private static CommandScript of(CommandRequestBuilder b) {
        return new CommandScript(b.commands, b.environment, b.workingDirectory, b.runAs, b.failFast);
    }

    /** What can not be put around these commands, if anything. */
    static Optional<Problem> problem(CommandRequestBuilder b) {
        CommandScript script = of(b);
        Optional<String> interpreter = script.interpreter();
        if (interpreter.isEmpty() || isShell(interpreter.get())) {
            return Optional.empty();
        }
        String field = !b.environment.isEmpty()
                ? "environment"
                : b.workingDirectory != null ? "workingDirectory" : b.runAs != null ? "runAs" : null;
        return field == null
                ? Optional.empty()
                : Optional.of(new Problem(
                        field,
                        "can be set for shells only, and the commands begin with #!" + interpreter.get()
                                + ": set it in the commands"));
    }

    /** The bytes of the longest form in which the commands may be sent. */
    static int longest(CommandRequestBuilder b) {
        CommandScript script = of(b);
        int shell = CommandRequest.POWERSHELL_DOCUMENT.equals(b.documentName) ? 0 : bytes(script.shell());
        int power = CommandRequest.SHELL_DOCUMENT.equals(b.documentName) ? 0 : bytes(script.powerShell());
        return Math.max(shell, power);
    }

    private static int bytes(List<String> lines) {
        return lines.stream()
                .mapToInt(l -> l.getBytes(StandardCharsets.UTF_8).length + 1)
                .sum();
    }

    /** For AWS-RunShellScript: Linux and macOS. */
    List<String> shell() {
        Optional<String> interpreter = interpreter();
        if (interpreter.isPresent() && !isShell(interpreter.get())) {
            return commands;
        }
        List<String> body = new ArrayList<>();
        if (failFast) {
            body.add("set -e");
        }
        environment.forEach((name, value) -> body.add("export " + name + "=" + shellQuoted(value)));
        if (workingDirectory != null) {
            body.add("cd -- " + shellQuoted(workingDirectory) + " || exit 1");
        }
        body.addAll(withoutShebang());
        if (runAs != null) {
            return asUser(runAs, interpreter.orElse("/bin/sh"), body);
        }
        interpreter.ifPresent(i -> body.add(0, "#!" + i));
        return body;
    }

    /**
     * With runuser, which every Linux has and which leaves the environment alone; macOS has sudo. The script goes through a
     * pipe: arguments can be read by everybody on the worker and are written down by sudo, and a file might be left behind.
     * What the agent starts has no input, so that the pipe takes nothing away.
     */
    private static List<String> asUser(String user, String interpreter, List<String> body) {
        List<String> inner = new ArrayList<>();
        inner.add("HOME=~" + user + " USER=" + user + " LOGNAME=" + user);
        inner.add("export HOME USER LOGNAME");
        inner.addAll(body);
        return List.of(
                "aws_operations_script=" + shellQuoted(String.join("\n", inner)),
                "set -- sudo -n -u " + user + " --",
                "if command -v runuser > /dev/null 2>&1; then set -- runuser -u " + user + " --; fi",
                "printf '%s' \"$aws_operations_script\" | \"$@\" " + asKernel(interpreter)
                        + " -c 'aws_operations_script=$(cat); exec < /dev/null; eval \"$aws_operations_script\"'");
    }

    /** The program and at most one argument, as a kernel reads a first line; quoted, because root's shell reads it here. */
    private static String asKernel(String interpreter) {
        String[] words = interpreter.split("[ \t]+", 2);
        return Arrays.stream(words).map(CommandScript::quoted).collect(Collectors.joining(" "));
    }

    /** For AWS-RunPowerShellScript: Windows. */
    List<String> powerShell() {
        List<String> script = new ArrayList<>();
        if (failFast) {
            script.add("$ErrorActionPreference = 'Stop'");
            // In strict mode it is an error to ask for it before a program has run.
            script.add("$global:LASTEXITCODE = 0");
        }
        environment.forEach((name, value) -> script.add(
                "[Environment]::SetEnvironmentVariable('" + name + "', " + powerShellQuoted(value) + ", 'Process')"));
        if (workingDirectory != null) {
            script.add("Set-Location -LiteralPath " + powerShellQuoted(workingDirectory) + " -ErrorAction Stop");
        }
        for (String command : commands) {
            script.add(command);
            if (failFast) {
                // A program that fails is no error to PowerShell.
                script.add("if ($LASTEXITCODE) { exit $LASTEXITCODE }");
            }
        }
        return script;
    }

    private Optional<String> interpreter() {
        Matcher matcher = SHEBANG.matcher(commands.isEmpty() ? "" : commands.get(0));
        return matcher.lookingAt() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }

    /** Whether it is a shell that understands {@code export}, {@code cd} and {@code set -e}. */
    private static boolean isShell(String interpreter) {
        String[] words = interpreter.split("[ \\t]+");
        boolean env = words[0].endsWith("/env") && words.length > 1;
        return SHELL.matcher(env ? words[1] : words[0]).matches();
    }

    private List<String> withoutShebang() {
        if (interpreter().isEmpty()) {
            return commands;
        }
        List<String> rest = new ArrayList<>(commands);
        String first = rest.get(0);
        int end = first.indexOf('\n');
        if (end < 0) {
            rest.remove(0);
        } else {
            rest.set(0, first.substring(end + 1));
        }
        return rest;
    }

    /**
     * One word of a POSIX shell that stands for exactly this text. Two braces are taken apart, because Systems Manager looks for
     * <code>{{ssm:parameter}}</code> in what it is sent.
     */
    static String shellQuoted(String text) {
        return quoted(text).replaceAll("\\{(?=\\{)", "{''");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** An expression of PowerShell for exactly this text. PowerShell takes typographic quotes for quotes, too. */
    static String powerShellQuoted(String text) {
        String quoted =
                "'" + text.replaceAll("['\u2018\u2019\u201a\u201b]", "$0$0").replaceAll("\\{(?=\\{)", "{' + '") + "'";
        return quoted.contains("' + '") ? "(" + quoted + ")" : quoted;
    }
}
