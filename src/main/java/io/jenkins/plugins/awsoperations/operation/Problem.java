package io.jenkins.plugins.awsoperations.operation;

/**
 * What is wrong with one parameter of a request.
 *
 * @param field the parameter's name
 * @param message what is wrong and what is allowed
 */
public record Problem(String field, String message) {

    @Override
    public String toString() {
        return field + " " + message;
    }
}
