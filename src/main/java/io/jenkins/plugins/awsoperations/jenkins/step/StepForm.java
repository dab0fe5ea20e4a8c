package io.jenkins.plugins.awsoperations.jenkins.step;

import hudson.Util;
import hudson.model.Descriptor.FormException;
import java.util.Set;
import java.util.function.Consumer;
import net.sf.json.JSONObject;

/**
 * What a browser sends of a step's form, made fit for binding: empty fields are left out, so that defaults stay; a number that
 * is none is an error instead of being lost.
 */
final class StepForm {

    private final JSONObject form;

    StepForm(JSONObject form) {
        this.form = form;
    }

    /**
     * The form without its empty fields and without some others.
     *
     * @throws FormException naming a field that should be a number and is none
     */
    JSONObject without(Set<String> others, Set<String> numbers) throws FormException {
        JSONObject rest = new JSONObject();
        for (Object key : form.keySet()) {
            String field = (String) key;
            Object value = form.get(field);
            if (others.contains(field) || value instanceof String text && Util.fixEmptyAndTrim(text) == null) {
                continue;
            }
            if (numbers.contains(field)) {
                number(field, String.valueOf(value));
            }
            rest.put(field, value);
        }
        return rest;
    }

    /** @throws FormException naming the field, when the setter does not take its text */
    void set(String field, Consumer<String> setter) throws FormException {
        String text = Util.fixEmptyAndTrim(form.optString(field));
        if (text == null) {
            return;
        }
        try {
            setter.accept(text);
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, field);
        }
    }

    private static void number(String field, String text) throws FormException {
        try {
            Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw new FormException(field + " must be a whole number, not '" + text + "'", e, field);
        }
    }
}
