package io.jenkins.plugins.awsoperations.jenkins.step;

/** The fields of the form of {@code sendFailEvent}, but for the channel, without which there is no step. */
final class SendFailEventFields {

    static final FormFields<SendFailEventStep> ALL = new FormFields<SendFailEventStep>()
            .text("error", SendFailEventStep::setError)
            .text("cause", SendFailEventStep::setCause)
            .text("eventBus", SendFailEventStep::setEventBus)
            .text("source", SendFailEventStep::setSource)
            .text("detailType", SendFailEventStep::setDetailType);

    private SendFailEventFields() {}
}
