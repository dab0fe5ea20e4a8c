package io.jenkins.plugins.awsoperations.jenkins.browser;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * A headless Chromium of its own with a profile of its own. It takes DevTools messages on a pipe instead of a port, so
 * nobody else can talk to it, and it ends when the pipe closes: also when this JVM is killed.
 */
final class ChromiumProcess implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private static final List<String> FLAGS = List.of(
            "--headless",
            "--remote-debugging-pipe",
            "--no-startup-window",
            // Root, as in most containers, has no sandbox; the only pages shown are our own.
            "--no-sandbox",
            // Containers often have 64 MB there, and a page that needs more dies.
            "--disable-dev-shm-usage",
            "--lang=en-US",
            "--hide-scrollbars",
            "--no-first-run",
            "--no-default-browser-check",
            "--password-store=basic",
            "--disable-extensions",
            "--disable-breakpad",
            // Nothing but loopback: no service of the vendor is asked, and no name but localhost is looked up.
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-domain-reliability",
            "--disable-sync",
            "--disable-quic",
            "--no-proxy-server",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1");

    /** DevTools reads file descriptor 3 and writes 4, which Java cannot hand to a child. */
    private static final String PIPE_TO_3_AND_4 = "exec \"$@\" 3<&0 4>&1 </dev/null >&2";

    private final Path profile;
    private final Process process;

    private ChromiumProcess(Path profile, Process process) {
        this.profile = profile;
        this.process = process;
    }

    /** The first Chromium in the PATH. */
    static Optional<Path> installed() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static ChromiumProcess start(Path executable) {
        try {
            Path profile = Files.createTempDirectory("chromium");
            List<String> command = new ArrayList<>(List.of("sh", "-c", PIPE_TO_3_AND_4, "sh", executable.toString()));
            command.addAll(FLAGS);
            command.add("--user-data-dir=" + profile);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectError(profile.resolve("chromium.log").toFile());
            // Whatever does not follow --user-data-dir, such as certificates and crash reports.
            builder.environment().putAll(Map.of("HOME", profile.toString(), "XDG_CONFIG_HOME", profile.toString()));
            return new ChromiumProcess(profile, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    OutputStream commands() {
        return process.getOutputStream();
    }

    InputStream messages() {
        return process.getInputStream();
    }

    /** What Chromium itself has to say, for the case that it does not start. */
    String log() {
        try {
            return Files.readString(profile.resolve("chromium.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> family = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        try {
            closePipe();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                family.forEach(ProcessHandle::destroyForcibly);
                process.waitFor();
            }
        } catch (InterruptedException e) {
            family.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
        FileUtils.deleteQuietly(profile.toFile());
    }

    private void closePipe() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // Chromium has ended before, and what was on its way to it is lost.
        }
    }
}
