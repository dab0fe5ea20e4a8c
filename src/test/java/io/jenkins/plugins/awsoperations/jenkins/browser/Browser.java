package io.jenkins.plugins.awsoperations.jenkins.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.awsoperations.jenkins.browser.DevTools.DevToolsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Assumptions;

/**
 * A headless Chromium with one page, for tests that need a page's scripts and its Content-Security-Policy. It reaches
 * loopback only. Selectors are CSS; a method that takes one waits for its element.
 */
public final class Browser implements AutoCloseable {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 900;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Scrolls an element to where it can be clicked and tells its centre, or null while something lies above it. */
    private static final String CENTRE = """
            (() => {
                const element = %s;
                element.scrollIntoView({block: 'center', behavior: 'instant'});
                const box = element.getBoundingClientRect();
                const x = box.x + box.width / 2, y = box.y + box.height / 2;
                return element.contains(document.elementFromPoint(x, y)) ? [x, y] : null;
            })()""";

    /** Where an element is on the page, as what a screenshot takes: two hundred rows are not shown to their end. */
    private static final String BOX = """
            (() => {
                const box = document.querySelector(%s).getBoundingClientRect();
                const x = Math.max(0, box.left + scrollX - 8), y = Math.max(0, box.top + scrollY - 8);
                const right = Math.min(innerWidth, box.right + scrollX + 8);
                const height = Math.min(1200, box.bottom + scrollY + 8 - y);
                return {x, y, width: right - x, height, scale: 1};
            })()""";

    /** Nothing moves, but for what moves for ever. */
    private static final String STILL = """
            document.getAnimations()
                .filter(animation => animation.effect.getComputedTiming().endTime < Infinity)
                .every(animation => animation.playState !== 'running')""";

    private final ChromiumProcess process;
    private final DevTools devTools;
    private final PageErrors errors = new PageErrors();
    private final Set<String> idleDocuments = ConcurrentHashMap.newKeySet();
    private volatile String document = "";
    private int width = WIDTH;

    private Browser(ChromiumProcess process) {
        this.process = process;
        this.devTools = new DevTools(process.messages(), process.commands(), this::take);
    }

    /** Starts a browser with an empty profile, or skips the test where none is installed. */
    public static Browser start() {
        Path executable = ChromiumProcess.installed()
                .orElseGet(() -> Assumptions.abort("No Chromium in the PATH; Debian's package is called chromium"));
        ChromiumProcess process = ChromiumProcess.start(executable);
        try {
            Browser browser = new Browser(process);
            browser.prepare();
            return browser;
        } catch (DevToolsException e) {
            IllegalStateException failure =
                    new IllegalStateException(executable + " does not start: " + process.log(), e);
            process.close();
            throw failure;
        }
    }

    private void prepare() {
        devTools.openPage();
        List.of("Page.enable", "Runtime.enable", "Log.enable", "Network.enable").forEach(devTools::call);
        devTools.call("Page.setLifecycleEventsEnabled", Map.of("enabled", true));
        resize(HEIGHT);
    }

    /** Makes the window this many pixels wide; it is {@value #WIDTH} wide at first. */
    public void width(int pixels) {
        width = pixels;
        resize(HEIGHT);
    }

    /** Asks for pages in a language, such as {@code ja}, from now on. */
    public void language(String tag) {
        devTools.call("Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Accept-Language", tag)));
    }

    /**
     * Opens a page and waits until its scripts have run and it has asked the server for nothing during half a second. A
     * page that the server refuses is shown like any other, and is one of the {@link #consoleErrors}.
     */
    public void open(String url) {
        JsonNode reply = devTools.call("Page.navigate", Map.of("url", url));
        if (reply.has("errorText")) {
            throw new IllegalStateException(url + ": " + reply.get("errorText").asText());
        }
        // Without one it was a jump within the page.
        if (reply.has("loaderId")) {
            String opened = reply.get("loaderId").asText();
            await("the scripts of " + url).until(() -> idleDocuments.contains(opened));
        }
    }

    /** Clicks what leads to another page, such as a form's button, and waits for that page like {@link #open}. */
    public void follow(String selector) {
        String left = document;
        click(selector);
        await("the page behind " + selector).until(() -> !document.equals(left) && idleDocuments.contains(document));
    }

    /** Clicks with the mouse, so that an element under another one cannot be clicked. */
    public void click(String selector) {
        clickOn("document.querySelector(" + quoted(selector) + ")", selector);
    }

    /** Clicks the first element of the selector whose text, without the space around it, is the given one. */
    public void click(String selector, String text) {
        String found = "[...document.querySelectorAll(%s)].find(e => e.textContent.trim() === %s)"
                .formatted(quoted(selector), quoted(text));
        clickOn(found, selector + " " + quoted(text));
    }

    private void clickOn(String element, String name) {
        JsonNode centre = await("a visible, uncovered " + name)
                .ignoreException(DevToolsException.class)
                .until(() -> evaluate(CENTRE.formatted(element)), JsonNode::isArray);
        for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            devTools.call(
                    "Input.dispatchMouseEvent",
                    Map.of("type", type, "x", centre.get(0), "y", centre.get(1), "button", "left", "clickCount", 1));
        }
    }

    /** Replaces a field's content as the keyboard would, and leaves the field. */
    public void type(String selector, String text) {
        click(selector);
        evaluate("document.querySelector(" + quoted(selector) + ").select()");
        devTools.call("Input.insertText", Map.of("text", text));
        evaluate("document.querySelector(" + quoted(selector) + ").blur()");
    }

    /** Chooses the option of a select that has this text, as soon as there is one. */
    public void choose(String selector, String text) {
        String choice = """
                (() => {
                    const select = document.querySelector(%s);
                    const option = [...select.options].find(o => o.text.trim() === %s);
                    select.value = option.value;
                    select.dispatchEvent(new Event('change', {bubbles: true}));
                    return true;
                })()""";
        waitUntil(choice.formatted(quoted(selector), quoted(text)));
    }

    /** The text of an element as it is shown. */
    public String text(String selector) {
        return await("the text of " + selector)
                .ignoreException(DevToolsException.class)
                .until(
                        () -> evaluate("document.querySelector(" + quoted(selector) + ").innerText"),
                        JsonNode::isTextual)
                .asText();
    }

    /** The value of a JavaScript expression; a promise is waited for. */
    public JsonNode evaluate(String expression) {
        JsonNode reply = devTools.call(
                "Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (reply.has("exceptionDetails")) {
            throw new DevToolsException(expression + ": "
                    + reply.at("/exceptionDetails/exception/description").asText());
        }
        return reply.at("/result/value");
    }

    /** Waits until a JavaScript expression is true; one that throws is not true yet. */
    public void waitUntil(String expression) {
        await(expression)
                .ignoreException(DevToolsException.class)
                .until(() -> evaluate("!!(" + expression + ")").asBoolean());
    }

    /** Writes what an element shows, also below the edge of the window, with a little of its surroundings, as a PNG. */
    public void screenshot(String selector, Path file) {
        waitUntil(STILL);
        resize(Math.max(
                HEIGHT, evaluate("document.documentElement.scrollHeight").asInt()));
        JsonNode box = evaluate(BOX.formatted(quoted(selector)));
        String png = devTools.call("Page.captureScreenshot", Map.of("clip", box))
                .get("data")
                .asText();
        resize(HEIGHT);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, Base64.getDecoder().decode(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Everything that went wrong on the pages so far: uncaught exceptions, {@code console.error}, what the
     * Content-Security-Policy blocked, missing resources, dialogs that nobody expected.
     */
    public List<String> consoleErrors() {
        // Events come before the reply to a later command.
        evaluate("0");
        return errors.entries();
    }

    @Override
    public void close() {
        process.close();
    }

    private void take(String event, JsonNode parameters) {
        errors.take(event, parameters);
        if ("Page.frameNavigated".equals(event) && !parameters.at("/frame").has("parentId")) {
            document = parameters.at("/frame/loaderId").asText();
        } else if ("Page.lifecycleEvent".equals(event)
                && "networkIdle".equals(parameters.path("name").asText())) {
            idleDocuments.add(parameters.path("loaderId").asText());
        } else if ("Page.javascriptDialogOpening".equals(event)) {
            // Otherwise the page hangs: Jenkins asks whether to leave a form with changes.
            devTools.send("Page.handleJavaScriptDialog", Map.of("accept", true));
        }
    }

    private void resize(int height) {
        devTools.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
