package io.jenkins.plugins.awsoperations.jenkins.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What went wrong on the pages, as a developer would find it in the console of the browser. */
final class PageErrors {

    private static final Set<String> CONSOLE_TYPES = Set.of("error", "assert");

    private final List<String> entries = new CopyOnWriteArrayList<>();

    List<String> entries() {
        return List.copyOf(entries);
    }

    void take(String event, JsonNode parameters) {
        switch (event) {
            case "Runtime.exceptionThrown" -> uncaught(parameters.path("exceptionDetails"));
            case "Runtime.consoleAPICalled" -> console(parameters);
            case "Log.entryAdded" -> logged(parameters.path("entry"));
            case "Page.javascriptDialogOpening" -> dialog(parameters);
            case "Inspector.targetCrashed" -> entries.add("the page crashed");
            default -> {}
        }
    }

    private void uncaught(JsonNode details) {
        entries.add(
                "exception: " + details.path("text").asText() + " " + shown(details.path("exception")) + at(details));
    }

    private void console(JsonNode call) {
        if (CONSOLE_TYPES.contains(call.path("type").asText())) {
            String text = StreamSupport.stream(call.path("args").spliterator(), false)
                    .map(PageErrors::shown)
                    .collect(Collectors.joining(" "));
            entries.add("console: " + text + at(call.at("/stackTrace/callFrames/0")));
        }
    }

    /** Chromium's own entries: from the source security what a policy blocked, from network what is missing. */
    private void logged(JsonNode entry) {
        if ("error".equals(entry.path("level").asText())) {
            entries.add(
                    entry.path("source").asText() + ": " + entry.path("text").asText() + at(entry));
        }
    }

    private void dialog(JsonNode dialog) {
        if (!"beforeunload".equals(dialog.path("type").asText())) {
            entries.add(
                    dialog.path("type").asText() + ": " + dialog.path("message").asText() + at(dialog));
        }
    }

    /** Plain values have a value, objects and errors a description only. */
    private static String shown(JsonNode object) {
        return object.path("value").asText(object.path("description").asText());
    }

    private static String at(JsonNode place) {
        String url = place.path("url").asText();
        return url.isEmpty() ? "" : " (" + url + ":" + (place.path("lineNumber").asInt() + 1) + ")";
    }
}
