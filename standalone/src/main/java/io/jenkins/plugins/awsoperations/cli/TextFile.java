package io.jenkins.plugins.awsoperations.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text that is given as a file. */
final class TextFile {

    private TextFile() {}

    /** UTF-8, without the byte order mark that editors of Windows write. */
    static String read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
