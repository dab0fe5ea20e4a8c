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

/** What the pages say: in English, in Japanese, and with every apostrophe. */
class TextsTest {

    private static final Path RESOURCES = Path.of("src", "main", "resources", "io");

    @Test
    void everyTextIsThereInJapanese() throws IOException {
        for (Path english : files(".properties")) {
            assertThat(read(japanese(english, ".properties")).stringPropertyNames())
                    .as(english.toString())
                    .isEqualTo(read(english).stringPropertyNames());
        }
    }

    @Test
    void everyHelpIsThereInJapanese() throws IOException {
        assertThat(files(".html"))
                .allSatisfy(help -> assertThat(japanese(help, ".html")).exists());
    }

    /** Each text is a message format, for which a single apostrophe begins a quotation and is not shown. */
    @Test
    void everyApostropheIsWrittenTwice() throws IOException {
        for (Path english : files(".properties")) {
            assertThat(read(english).values())
                    .as(english.toString())
                    .allSatisfy(text ->
                            assertThat(text.toString().replace("''", "")).doesNotContain("'"));
        }
    }

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(RESOURCES)) {
            return all.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !file.toString().endsWith("_ja" + ending))
                    .toList();
        }
    }

    private static Path japanese(Path english, String ending) {
        return Path.of(english.toString().replaceFirst("\\Q" + ending + "\\E$", "_ja" + ending));
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
