package io.jenkins.plugins.awsoperations.simulator.ssm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Two named pipes for what a process writes. Those of {@link Process} end with the process itself, and what a process in
 * the background writes afterwards is lost by chance; these end when nobody holds them any more.
 */
final class ShellPipes implements AutoCloseable {

    private final Path stdout;
    private final Path stderr;
    private final FileChannel stdoutHeld;
    private final FileChannel stderrHeld;

    private ShellPipes(Path stdout, Path stderr) throws IOException {
        this.stdout = stdout;
        this.stderr = stderr;
        // Opened for both, so that no open waits for the other side.
        this.stdoutHeld = FileChannel.open(stdout, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.stderrHeld = FileChannel.open(stderr, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    static ShellPipes in(Path directory) throws IOException {
        Path stdout = directory.resolve("stdout.pipe");
        Path stderr = directory.resolve("stderr.pipe");
        Process mkfifo = new ProcessBuilder("mkfifo", "-m", "600", stdout.toString(), stderr.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (mkfifo.waitFor() != 0) {
                throw new IOException("cannot make named pipes in " + directory);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return new ShellPipes(stdout, stderr);
    }

    ProcessBuilder redirect(ProcessBuilder builder) {
        return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(stdout.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(stderr.toFile()));
    }

    InputStream stdout() throws IOException {
        return Files.newInputStream(stdout);
    }

    InputStream stderr() throws IOException {
        return Files.newInputStream(stderr);
    }

    /** Leaves the pipes to those who have opened them. */
    @Override
    public void close() throws IOException {
        stdoutHeld.close();
        stderrHeld.close();
        Files.deleteIfExists(stdout);
        Files.deleteIfExists(stderr);
    }
}
