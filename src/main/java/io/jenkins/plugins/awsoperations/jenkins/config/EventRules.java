package io.jenkins.plugins.awsoperations.jenkins.config;

import io.jenkins.plugins.awsoperations.alert.FailEventRequest;
import io.jenkins.plugins.awsoperations.alert.FailEventRequestBuilder;
import io.jenkins.plugins.awsoperations.operation.Problem;
import java.util.Optional;

/** What may stand in a fail event, for fields of Jenkins. Each method answers what is wrong, to be put behind the field's name. */
public final class EventRules {

    private EventRules() {}

    public static Optional<String> channel(String value) {
        return problem("channel", FailEventRequest.builder().channel(value));
    }

    static Optional<String> eventBus(String value) {
        return problem("eventBus", FailEventRequest.builder().eventBus(value));
    }

    static Optional<String> source(String value) {
        return problem("source", FailEventRequest.builder().source(value));
    }

    static Optional<String> detailType(String value) {
        return problem("detailType", FailEventRequest.builder().detailType(value));
    }

    private static Optional<String> problem(String field, FailEventRequestBuilder event) {
        return event.problems().stream()
                .filter(problem -> problem.field().equals(field))
                .map(Problem::message)
                .findFirst();
    }
}
