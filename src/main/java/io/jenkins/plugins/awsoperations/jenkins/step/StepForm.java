package io.jenkins.plugins.awsoperations.jenkins.step;

import hudson.Util;
import hudson.model.Descriptor.FormException;
import java.util.Set;
import java.util.function.Consumer;
import net.sf.json.JSONObject;

/**
 * What a browser sends of a step's form, made fit for binding: empty fields are left out, so that defaults stay; what a field
 * does not take is an error instead of being lost.
 */
final class StepForm {

    private final JSONObject form;

    StepForm(JSONObject form) {
        this.form = form;
    }

    /** The form without its empty fields and without some others. */
    JSONObject without(Set<String> others) {
        JSONObject rest = new JSONObject();
        for (Object key : form.keySet()) {
            String field = (String) key;
            Object value = form.get(field);
            if (!others.contains(field) && !(value instanceof String text && Util.fixEmptyAndTrim(text) == null)) {
                rest.put(field, value);
            }
        }
        return rest;
    }

    /** @throws FormException naming the field, when the setter does not take its text */
    void set(String field, Consumer<String> setter) throws FormException {
        String text = form.optString(field);
        if (text.isBlank()) {
            return;
        }
        try {
            setter.accept(text);
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, field);
        }
    }
}
