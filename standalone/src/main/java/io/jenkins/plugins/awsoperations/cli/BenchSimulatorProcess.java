package io.jenkins.plugins.awsoperations.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/** A {@link BenchSimulator} in a process of its own, with this program's class path. */
final class BenchSimulatorProcess implements AutoCloseable {

    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;
    private final BenchSimulator.Ready ready;

    private BenchSimulatorProcess(Process process) throws IOException {
        this.process = process;
        this.to = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.ready = json.readValue(answer(), BenchSimulator.Ready.class);
    }

    /** Starts it, and waits until it serves. */
    static BenchSimulatorProcess start(double speed, Instant origin) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BenchSimulator.class.getName(),
                        String.valueOf(speed),
                        origin.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new BenchSimulatorProcess(process);
        } catch (IOException | RuntimeException e) {
            process.destroy();
            throw e;
        }
    }

    BenchSimulator.Ready ready() {
        return ready;
    }

    void clear() throws IOException {
        ask(BenchSimulator.CLEAR);
    }

    BenchSimulator.Report report() throws IOException {
        return json.readValue(ask(BenchSimulator.REPORT), BenchSimulator.Report.class);
    }

    private String ask(String line) throws IOException {
        to.write(line);
        to.newLine();
        to.flush();
        return answer();
    }

    private String answer() throws IOException {
        String line = from.readLine();
        if (line == null) {
            throw new IOException("the simulator's process has ended");
        }
        return line;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
