package io.jenkins.plugins.awsoperations.simulator.ssm;

import io.jenkins.plugins.awsoperations.simulator.SimulatorParts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A real process, leader of a process group. It has ended when it has exited and nobody holds its output any more: the
 * agent waits for both. Once it is killed, nothing more of its output is taken.
 */
final class ShellProcess implements NodeProcess {

    private static final Logger LOG = System.getLogger(ShellProcess.class.getName());
    private static final int BUFFER = 1 << 16;

    private final Process process;
    private final SimulatorParts parts;
    private final Set<ShellProcess> running;
    private final Exit exit;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean stopped;

    ShellProcess(Process process, SimulatorParts parts, Set<ShellProcess> running, Exit exit) {
        this.process = process;
        this.parts = parts;
        this.running = running;
        this.exit = exit;
    }

    void watch(Executor readers, Copy out, Copy err) {
        running.add(this);
        CompletableFuture<Void> stdout = CompletableFuture.runAsync(() -> copy(out), readers);
        CompletableFuture<Void> stderr = CompletableFuture.runAsync(() -> copy(err), readers);
        CompletableFuture.allOf(process.onExit(), stdout, stderr).whenCompleteAsync((all, e) -> end(), readers);
    }

    private void copy(Copy what) {
        try (InputStream from = what.from();
                OutputStream to =
                        Files.newOutputStream(what.to().file(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = from.read(buffer); count >= 0 && !stopped; count = from.read(buffer)) {
                to.write(buffer, 0, count);
            }
        } catch (IOException e) {
            if (!stopped) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            running.remove(this);
            int exitCode = process.exitValue();
            parts.locked(now -> {
                exit.exited(exitCode, now);
                return now;
            });
        }
    }

    @Override
    public void kill(Instant now) {
        killGroup();
        process.onExit().thenRun(this::end);
    }

    @Override
    public void vanish() {
        ended.set(true);
        running.remove(this);
        killGroup();
    }

    private void killGroup() {
        stopped = true;
        try {
            // Without "--", which the kill of dash does not know.
            new ProcessBuilder("sh", "-c", "kill -9 -" + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Cannot kill process group " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // It may not lead a group yet.
        process.destroyForcibly();
    }

    /** A pipe and the file that takes what comes out of it. */
    record Copy(InputStream from, FileOutput to) {}
}
