package io.jenkins.plugins.awsoperations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** An IAM policy that users copy. */
public final class ExamplePolicy {

    private ExamplePolicy() {}

    /** All actions that a policy of the examples allows. */
    public static Set<String> actions(String file) throws IOException {
        Path examples = Files.isDirectory(Path.of("examples")) ? Path.of("examples") : Path.of("..", "examples");
        JsonNode policy = new ObjectMapper()
                .readTree(examples.resolve("iam").resolve(file).toFile());
        Set<String> actions = new TreeSet<>();
        policy.path("Statement").forEach(statement -> {
            JsonNode action = statement.path("Action");
            if (action.isTextual()) {
                actions.add(action.asText());
            }
            action.forEach(a -> actions.add(a.asText()));
        });
        return actions;
    }
}
