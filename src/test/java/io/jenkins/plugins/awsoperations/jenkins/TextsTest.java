package io.jenkins.plugins.awsoperations.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages say; that every text is there in both languages is held by {@link HelpFilesTest}. */
class TextsTest {

    private static final Path RESOURCES = Path.of("src", "main", "resources", "io");

    /** Each text is a message format, for which a single apostrophe begins a quotation and is not shown. */
    @Test
    void everyApostropheIsWrittenTwice() throws IOException {
        assertThat(properties()).hasSizeGreaterThan(10);
        for (Path file : properties()) {
            assertThat(read(file).values())
                    .as(file.toString())
                    .allSatisfy(text ->
                            assertThat(text.toString().replace("''", "")).doesNotContain("'"));
        }
    }

    private static List<Path> properties() throws IOException {
        try (Stream<Path> all = Files.walk(RESOURCES)) {
            return all.filter(file -> file.toString().endsWith(".properties")).toList();
        }
    }

    private static Properties read(Path file) {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
