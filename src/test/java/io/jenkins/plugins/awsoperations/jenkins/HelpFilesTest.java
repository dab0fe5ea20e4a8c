package io.jenkins.plugins.awsoperations.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import hudson.tasks.BuildStep;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.ClassDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** Every field is explained, and every text is there in both languages. Fields and files of the future are found too. */
@WithJenkins
class HelpFilesTest {

    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/awsoperations/jenkins");
    private static final Pattern JAPANESE = Pattern.compile("[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHan}]");
    private static final Pattern KEY = Pattern.compile("\\$\\{%([\\w.]+)");

    private static JenkinsRule jenkins;

    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterAll
    static void stop() throws Exception {
        jenkins.after();
    }

    @Test
    void everyFieldHasHelpInEnglish() throws Exception {
        assertThat(helpOfFields("en"))
                .hasSizeGreaterThan(42)
                .allSatisfy((field, help) -> assertThat(help)
                        .as(field)
                        .isNotBlank()
                        .contains("<div>")
                        .doesNotContainPattern(JAPANESE));
    }

    @Test
    void everyFieldHasHelpInJapanese() throws Exception {
        assertThat(helpOfFields("ja"))
                .hasSizeGreaterThan(42)
                .allSatisfy((field, help) ->
                        assertThat(help).as(field).contains("<div>").containsPattern(JAPANESE));
    }

    @Test
    void everyStepHasHelpInBothLanguages() throws Exception {
        for (Descriptor<?> descriptor : descriptors()) {
            if (Step.class.isAssignableFrom(descriptor.clazz) || BuildStep.class.isAssignableFrom(descriptor.clazz)) {
                assertThat(help(descriptor, null, "en")).contains("<div>").doesNotContainPattern(JAPANESE);
                assertThat(help(descriptor, null, "ja")).contains("<div>").containsPattern(JAPANESE);
            }
        }
    }

    @Test
    void everyHelpFileExplainsAFieldThatIsThere() throws Exception {
        Set<String> explained = new TreeSet<>();
        for (Descriptor<?> descriptor : descriptors()) {
            for (Class<?> type = descriptor.clazz; type != Object.class; type = type.getSuperclass()) {
                for (String field : fields(descriptor.clazz)) {
                    explained.add(type.getSimpleName() + "/help-" + field + ".html");
                }
            }
        }

        assertThat(files("help-.*(?<!_ja)\\.html"))
                .isNotEmpty()
                .allSatisfy(file ->
                        assertThat(explained).contains(file.getParent().getFileName() + "/" + file.getFileName()));
    }

    @Test
    void everyTextIsThereInBothLanguages() throws Exception {
        assertThat(files(".*(?<!_ja)\\.properties"))
                .hasSizeGreaterThan(5)
                .allSatisfy(file ->
                        assertThat(keys(translation(file))).as(file.toString()).isEqualTo(keys(file)));
        assertThat(files(".*_ja\\.(properties|html)"))
                .allSatisfy(file -> assertThat(Path.of(file.toString().replace("_ja.", ".")))
                        .exists());
        assertThat(files("help.*(?<!_ja)\\.html"))
                .allSatisfy(file -> assertThat(translation(file)).exists());
    }

    @Test
    void textsWithPlaceholdersHaveTheSameOnesInBothLanguages() throws Exception {
        for (Path file : files(".*(?<!_ja)\\.properties")) {
            Properties english = properties(file);
            Properties japanese = properties(translation(file));
            assertThat(english.stringPropertyNames())
                    .allSatisfy(key -> assertThat(placeholders(japanese.getProperty(key, "")))
                            .as(key)
                            .isEqualTo(placeholders(english.getProperty(key))));
        }
    }

    @Test
    void everyTextThatAPageShowsIsThere() throws Exception {
        assertThat(files(".*\\.jelly"))
                .hasSizeGreaterThan(5)
                .allSatisfy(jelly ->
                        assertThat(keys(textsOf(jelly))).as(jelly.toString()).containsAll(shown(jelly)));
    }

    @Test
    void everyTextIsShownByItsPage() throws Exception {
        assertThat(files(".*\\.jelly"))
                .allSatisfy(
                        jelly -> assertThat(shown(jelly)).as(jelly.toString()).containsAll(keys(textsOf(jelly))));
    }

    private static List<Descriptor<?>> descriptors() {
        List<Descriptor<?>> ours = new ArrayList<>();
        for (Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(Descriptor.class)) {
            if (descriptor.getClass().getName().startsWith("io.jenkins.plugins.awsoperations")) {
                ours.add(descriptor);
            }
        }
        return ours;
    }

    /** What the form and the Pipeline may set. */
    private static Set<String> fields(Class<?> type) {
        Set<String> fields = new TreeSet<>();
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                String name = method.getName().substring("set".length());
                fields.add(Character.toLowerCase(name.charAt(0)) + name.substring(1));
            }
        }
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                fields.addAll(Arrays.asList(new ClassDescriptor(type).loadConstructorParamNames()));
            }
        }
        return fields;
    }

    /** The help of each field, as a browser gets it. */
    private static Map<String, String> helpOfFields(String language) throws Exception {
        Map<String, String> help = new TreeMap<>();
        for (Descriptor<?> descriptor : descriptors()) {
            for (String field : fields(descriptor.clazz)) {
                help.put(descriptor.clazz.getSimpleName() + "." + field, help(descriptor, field, language));
            }
        }
        return help;
    }

    private static String help(Descriptor<?> descriptor, String field, String language) throws Exception {
        String page = jenkins.executeOnServer(() -> descriptor.getHelpFile(field));
        assertThat(page).as("help of " + descriptor.clazz + " " + field).isNotNull();
        try (JenkinsRule.WebClient browser = jenkins.createWebClient().withJavaScriptEnabled(false)) {
            WebRequest request = new WebRequest(
                    URI.create(jenkins.getURL() + page.substring(1)).toURL());
            request.setAdditionalHeader("Accept-Language", language);
            WebResponse answer = browser.loadWebResponse(request);
            assertThat(answer.getStatusCode()).as(page).isEqualTo(200);
            return answer.getContentAsString(StandardCharsets.UTF_8);
        }
    }

    private static List<Path> files(String name) throws IOException {
        try (Stream<Path> all = Files.walk(RESOURCES)) {
            return all.filter(file -> file.getFileName().toString().matches(name))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private static Path translation(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return file.resolveSibling(name.substring(0, dot) + "_ja" + name.substring(dot));
    }

    private static Path textsOf(Path jelly) {
        return jelly.resolveSibling(jelly.getFileName().toString().replace(".jelly", ".properties"));
    }

    private static Set<String> keys(Path file) throws IOException {
        return properties(file).stringPropertyNames();
    }

    /** Of a file that is not there: none. */
    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                properties.load(in);
            }
        }
        return properties;
    }

    private static Set<String> shown(Path jelly) throws IOException {
        return KEY.matcher(Files.readString(jelly))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> placeholders(String text) {
        return Pattern.compile("\\{\\d}")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }
}
