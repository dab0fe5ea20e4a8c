package io.jenkins.plugins.awsoperations.fleet;

import io.jenkins.plugins.awsoperations.operation.Problems;
import java.util.List;
import java.util.Map;

/**
 * What tags to search by must look like, in one place for all operations. The limits are those of the EC2 API reference (Tag,
 * Filter).
 */
public final class TagSelectorRules {

    private static final int MAX_KEY = 127;
    private static final int MAX_VALUE = 256;

    /** EC2 takes 50 filters in one request; one is for the instance's state. */
    private static final int MAX_FILTERS = 49;

    /** Some are for the instance's state. */
    private static final int MAX_FILTER_VALUES = InstanceLocator.MAX_FILTER_VALUES - 10;

    private TagSelectorRules() {}

    /**
     * @param field the parameter's name
     * @param tags key to accepted values
     * @param problems told what is wrong
     */
    public static void check(String field, Map<String, List<String>> tags, Problems problems) {
        tags.forEach((key, values) -> check(field, key, values, problems));
        if (TagSelector.of(tags).valueCount() > MAX_FILTER_VALUES) {
            problems.add(field, "has more than " + MAX_FILTER_VALUES + " values");
        }
        if (tags.size() > MAX_FILTERS) {
            problems.add(field, "has " + tags.size() + " keys; AWS takes " + MAX_FILTERS + " in one request");
        }
    }

    private static void check(String field, String key, List<String> values, Problems problems) {
        if (key.isBlank() || key.length() > MAX_KEY) {
            problems.add(field, "'" + key + "' is not a tag key: 1 to " + MAX_KEY + " characters");
        }
        if (values.isEmpty()) {
            problems.add(field, "has no value for '" + key + "'");
        }
        for (String value : values) {
            if (value.length() > MAX_VALUE) {
                problems.add(
                        field,
                        "'" + key + "' has a value of " + value.length() + " characters; AWS takes " + MAX_VALUE);
            }
        }
    }
}
