package io.jenkins.plugins.awsoperations.jenkins.step;

import hudson.model.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that a build has on the disk.
 *
 * @param build the build
 */
record BuildFiles(Run<?, ?> build) {

    /** The paths, below the build's directory, of the files with a text in them. */
    List<String> thatContain(String text) throws IOException {
        Path root = build.getRootDir().toPath();
        List<String> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                if (content.contains(text)) {
                    found.add(root.relativize(file).toString());
                }
            }
        }
        return found;
    }
}
