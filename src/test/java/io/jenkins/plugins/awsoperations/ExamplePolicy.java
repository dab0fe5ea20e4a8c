package io.jenkins.plugins.awsoperations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** An IAM policy that users copy. */
public final class ExamplePolicy {

    private ExamplePolicy() {}

    /** All actions that a policy of the examples allows. */
    public static Set<String> actions(String file) throws IOException {
        Set<String> actions = new TreeSet<>();
        for (JsonNode statement : statements(file)) {
            actions.addAll(texts(statement.path("Action")));
        }
        return actions;
    }

    /** Whether a statement of a policy allows an action on a resource, conditions left aside. */
    public static boolean allows(String file, String action, String resource) throws IOException {
        for (JsonNode statement : statements(file)) {
            boolean isMeant = texts(statement.path("Resource")).stream()
                    .anyMatch(pattern -> Pattern.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"), resource));
            if (isMeant && texts(statement.path("Action")).contains(action)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode statements(String file) throws IOException {
        Path examples = Files.isDirectory(Path.of("examples")) ? Path.of("examples") : Path.of("..", "examples");
        return new ObjectMapper()
                .readTree(examples.resolve("iam").resolve(file).toFile())
                .path("Statement");
    }

    /** IAM takes one text in place of a list of one. */
    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isTextual()) {
            texts.add(value.asText());
        }
        value.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
