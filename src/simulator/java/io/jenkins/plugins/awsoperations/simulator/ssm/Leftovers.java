package io.jenkins.plugins.awsoperations.simulator.ssm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What commands leave behind: processes that went into the background, and files. */
final class Leftovers {

    /** Environment variable with the temporary directory of the simulator, by which its processes are found. */
    static final String MARK = "AWS_SIMULATOR_NODES";

    private static final Logger LOG = System.getLogger(Leftovers.class.getName());

    private Leftovers() {}

    /** Kills every process that carries the mark, on systems that show the environment of processes. */
    static void kill(Path scratch) {
        byte[] mark = (MARK + '=' + scratch).getBytes(StandardCharsets.UTF_8);
        String wanted = new String(mark, StandardCharsets.ISO_8859_1);
        ProcessHandle.allProcesses()
                .filter(process -> isMarked(process, wanted))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean isMarked(ProcessHandle process, String mark) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
            return List.of(new String(environment, StandardCharsets.ISO_8859_1).split("\0"))
                    .contains(mark);
        } catch (IOException e) {
            // Somebody else's process, or one that has just ended, or no Linux.
            return false;
        }
    }

    static void delete(Path scratch) {
        try (Stream<Path> files = Files.walk(scratch)) {
            files.sorted(Comparator.reverseOrder()).forEach(Leftovers::deleteOne);
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.WARNING, "Cannot delete " + scratch, e);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
