package io.jenkins.plugins.awsoperations.jenkins.browser;

import java.util.ArrayList;
import java.util.List;

/** How people go about on the pages of a Jenkins. */
final class JenkinsPages {

    private static final String POLICY = "fetch(location).then(page => page.headers.get('Content-Security-Policy'))";

    private final Browser browser;
    private final String root;
    private String form = "body";

    /** @param root the address of Jenkins, with a slash at its end */
    JenkinsPages(Browser browser, String root) {
        this.browser = browser;
        this.root = root;
    }

    /** Opens a page by its path below the root. */
    void open(String path) {
        browser.open(root + path);
    }

    /** For a security realm whose passwords are the user names. */
    void logIn(String user) {
        open("login");
        browser.type("[name=j_username]", user);
        browser.type("[name=j_password]", user);
        browser.follow("[name=Submit]");
    }

    /** The Content-Security-Policy with which the page came; a policy that is only reported has another header. */
    String policy() {
        return browser.evaluate(POLICY).asText();
    }

    /** Adds a build step from the menu of a freestyle job's configuration. */
    void addBuildStep(String name) {
        browser.click("button.hetero-list-add[suffix=builder]");
        browser.click(".jenkins-dropdown__item", name);
        waitForStepForm();
    }

    /** Chooses a step in the snippet generator. */
    void chooseStep(String name) {
        browser.choose("select.dropdownList", name);
        waitForStepForm();
    }

    private void waitForStepForm() {
        browser.waitUntil("document.querySelector('[name=\"_.account\"]')");
    }

    /** Works in one part of the page from now on, because other parts have fields of the same names. */
    void within(String selector) {
        form = selector;
    }

    /** Opens what the form hides at first. */
    void openAdvanced() {
        String button = form + " .advanced-button";
        browser.click(button);
        browser.waitUntil("document.querySelector('" + button + "').dataset.expanded");
    }

    /** What is said to be wrong with a field, as soon as something is. */
    String error(String field) {
        return browser.text(item(field) + " > .validation-error-area--visible .error");
    }

    /** Opens a field's help, and tells what it says. */
    String help(String field) {
        browser.click(item(field) + " > .jenkins-form-label .jenkins-help-button");
        String text = item(field) + " > .help-area .help";
        browser.waitUntil("!document.querySelector(\"" + text + " .jenkins-spinner\")");
        return browser.text(text);
    }

    private String item(String field) {
        return form + " .jenkins-form-item:has(> .setting-main > [name='_." + field + "'])";
    }

    /** The rows of the page's sortable table. */
    List<String> rows() {
        List<String> rows = new ArrayList<>();
        browser.evaluate("[...document.querySelectorAll('.sortable tbody tr')].map(row => row.innerText)")
                .forEach(row -> rows.add(row.asText()));
        return rows;
    }

    boolean isShown(String selector) {
        return browser.evaluate("document.querySelector('" + selector + "').checkVisibility()")
                .asBoolean();
    }

    /** Whether what the sortable table scrolls in goes beyond the window's right edge, and the page's with it. */
    boolean isWiderThanTheWindow() {
        return browser.evaluate("Math.max(document.documentElement.scrollWidth,"
                        + " document.querySelector('.sortable').parentNode.getBoundingClientRect().right) > innerWidth")
                .asBoolean();
    }

    /** The snippet that the generator makes of its form. */
    String snippet() {
        browser.click("#generatePipelineScript");
        browser.waitUntil("document.querySelector('#prototypeText').value");
        return browser.evaluate("document.querySelector('#prototypeText').value")
                .asText();
    }

    /** Asks AWS for the account of the global configuration, and tells what the page then says. */
    String testConnection() {
        browser.click(form + " .validate-button");
        return browser.text(form + " .jenkins-validate-button__container__status > div");
    }

    /** Opens the resources of the Lockable Resources page. */
    void openLocks() {
        open("lockable-resources/");
        browser.click("[data-lr-tab=resources]");
        browser.waitUntil("document.querySelector('#lr-tab-resources').checkVisibility()");
    }

    /** Types into the field of a form. */
    void fillIn(String field, String text) {
        browser.type(field(field), text);
    }

    /** Chooses one of the options that a field offers. */
    void choose(String field, String option) {
        browser.choose(field(field), option);
    }

    /** Checks or unchecks. */
    void toggle(String field) {
        browser.click(form + " [name='_." + field + "'] + label");
    }

    private String field(String name) {
        return form + " [name='_." + name + "']";
    }

    void save() {
        browser.follow("button[name=Submit]");
    }
}
