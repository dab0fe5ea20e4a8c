package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs commands on this machine, as the agent does by its public source (amazon-ssm-agent, runscript.go and
 * executers.go): a script file in a directory of the command, {@code sh -c} on its path, a process group of its own,
 * nothing to read. Every node has a directory below one temporary directory, which is deleted in the end.
 */
final class ShellRunner implements AutoCloseable {

    private static final Logger LOG = System.getLogger(ShellRunner.class.getName());

    // How often, in real time, what is due happens although nobody looks.
    private static final long LOOK_MILLIS = 20;

    private final SimulatorParts parts;
    private final String region;
    private final Path scratch;
    private final ExecutorService readers = Executors.newCachedThreadPool(ShellRunner::daemon);
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(ShellRunner::daemon);
    private final Set<ShellProcess> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    ShellRunner(SimulatorParts parts, String region) {
        this.parts = parts;
        this.region = region;
        try {
            this.scratch = Files.createTempDirectory("aws-simulator-nodes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        looks.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            parts.locked(now -> now);
        } catch (RuntimeException bug) {
            // Otherwise nobody would look again, and nobody would be told why.
            LOG.log(Level.ERROR, "The simulator failed", bug);
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "simulator-node");
        thread.setDaemon(true);
        return thread;
    }

    FileOutput output(String commandId, String instanceId, String stream) {
        return new FileOutput(directory(commandId, instanceId).resolve(stream));
    }

    NodeProcess start(NodeCommand command, FileOutput out, FileOutput err, Instant now, NodeProcess.Exit exit) {
        try (ShellPipes pipes = ShellPipes.in(directory(command.commandId(), command.instanceId()))) {
            ShellProcess process = new ShellProcess(launch(command, pipes), parts, running, exit);
            process.watch(
                    readers, new ShellProcess.Copy(pipes.stdout(), out), new ShellProcess.Copy(pipes.stderr(), err));
            return process;
        } catch (IOException e) {
            // The agent reports what it could not start with exit code 1.
            err.append(("failed to run commands: " + e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
            parts.timeline().at(now, then -> exit.exited(1, then));
            return new NeverStarted();
        }
    }

    private Process launch(NodeCommand command, ShellPipes pipes) throws IOException {
        Path script = script(command);
        ProcessBuilder builder = pipes.redirect(new ProcessBuilder("setsid", "sh", "-c", quoted(script)));
        builder.directory(workingDirectory(command).toFile());
        builder.redirectInput(new File("/dev/null"));
        Map<String, String> environment = builder.environment();
        environment.put("SSM_COMMAND_ID", command.commandId());
        environment.put("AWS_SSM_INSTANCE_ID", command.instanceId());
        environment.put("AWS_SSM_REGION_NAME", region);
        environment.put(Leftovers.MARK, scratch.toString());
        return builder.start();
    }

    private Path script(NodeCommand command) throws IOException {
        Path script = directory(command.commandId(), command.instanceId()).resolve("_script.sh");
        Files.writeString(script, String.join("\n", command.commands()) + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return script;
    }

    private Path workingDirectory(NodeCommand command) throws IOException {
        Path asked = Path.of(command.workingDirectory());
        if (!asked.isAbsolute()) {
            return scratch.resolve(command.instanceId());
        }
        if (!Files.isDirectory(asked)) {
            throw new IOException("chdir " + asked + ": no such file or directory");
        }
        return asked;
    }

    private Path directory(String commandId, String instanceId) {
        Path directory = scratch.resolve(instanceId)
                .resolve("orchestration")
                .resolve(commandId)
                .resolve("awsrunShellScript/0.awsrunShellScript");
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(Path script) {
        return '\'' + script.toString().replace("'", "'\\''") + '\'';
    }

    /** Kills everything and deletes the directory. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        looks.shutdownNow();
        running.forEach(NodeProcess::vanish);
        Leftovers.kill(scratch);
        readers.shutdownNow();
        Leftovers.delete(scratch);
    }

    /** A process that could not be started. */
    private static final class NeverStarted implements NodeProcess {

        @Override
        public void kill(Instant now) {
            // It has ended already.
        }

        @Override
        public void vanish() {
            // It has ended already.
        }
    }
}
