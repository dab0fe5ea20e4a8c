package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Wrong parameters of the step. All in one Jenkins, because each would take longer to start than to test. */
@WithSimulatedAccount
class AwaitStateMachineParametersJenkinsTest {

    /** Arguments, and what the log must say of them. */
    private static final String BAD_INPUT = """
            history: 'ALL'                                             | stateMachine or executionArn must be given
            stateMachine: ''                                           | stateMachine or executionArn must be given
            stateMachine: 'a b'                                        | stateMachine must be a name or arn:
            stateMachine: 'arn:aws:states:eu-west-1:123456789012:execution:a:b' | stateMachine is the ARN of an execution
            stateMachine: 'a', executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:a:b' | stateMachine and executionArn exclude each other
            executionArn: 'a'                                          | executionArn must be arn:aws:states:
            executionArn: 'arn:aws:states:eu-west-1:123456789012:express:a:b:c' | executionArn is an execution of an EXPRESS
            executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:a:b', input: [a: 1] | input is for what is started
            executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:a:b', redrive: true | redrive is for what is started
            executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:a:b', executionName: 'c' | executionName is for what is started
            stateMachine: 'a', input: '{"a": 1,}'                      | input is not JSON at line 1, column 9
            stateMachine: 'a', input: '{"a": 1,\\n  "b": [1, 2}'       | input is not JSON at line 2, column 13
            stateMachine: 'a', input: 'a: 1'                           | input is not JSON at line 1, column 1: a word that is neither text
            stateMachine: 'a', input: '{"a": 1, "a": 2}'               | input is not JSON at line 1, column
            stateMachine: 'a', input: [1, 2]                           | input must be a map or a text with JSON
            stateMachine: 'a', input: 17                               | input must be a map or a text with JSON
            stateMachine: 'a', input: [a: [b: new Date(0)]]            | input must have texts, numbers, booleans, nulls, lists and maps only, and has a java.util.Date at /a/b
            stateMachine: 'a', input: [a: 0.0d / 0]                    | input has NaN at /a
            stateMachine: 'a', input: [(null): 1]                      | input has a key that is null
            stateMachine: 'a', input: [a: 'x' * 262144]                | input has 262152 bytes, and AWS takes 262144
            stateMachine: 'a', executionName: 'a b'                    | executionName must be 1 to 80 characters
            stateMachine: 'a', executionName: 'x' * 81                 | executionName must be 1 to 80 characters
            stateMachine: 'a', linkParent: 'yes'                       | linkParent must be true or false, not 'yes'
            stateMachine: 'a', timeoutMinutes: 0                       | timeoutMinutes must be 1 to 525600, not 0
            stateMachine: 'a', timeoutMinutes: 1.5                     | timeoutMinutes must be a whole number, not 1.5
            stateMachine: 'a', timeoutMinutes: 'soon'                  | timeoutMinutes
            stateMachine: 'a', onAbort: 'CANCEL'                       | onAbort must be one of STOP, DETACH, not 'CANCEL'
            stateMachine: 'a', history: 'SOME'                         | history must be one of NONE, STATES, ALL, not 'SOME'
            stateMachine: 'a', historyMaxLines: 0                      | historyMaxLines must be 1 to 25000, not 0
            stateMachine: 'a', unstableErrors: ['']                    | unstableErrors must be names of 1 to 256 characters
            stateMachine: 'a', unstableErrors: [null]                  | unstableErrors has a key or a value that is null
            stateMachine: 'a', redrive: 'perhaps'                      | redrive must be true or false, not 'perhaps'
            stateMachine: 'a', previousExecutionArn: 'x'               | awaitStateMachine has no parameter 'previousExecutionArn'
            stateMachine: 'a', machine: 'x'                            | awaitStateMachine has no parameter 'machine'
            stateMachine: 'a', account: 'nobody'                       | account 'nobody' is not configured; known: simulator
            stateMachine: 'a', region: 'Tokyo'                         | region
            stateMachine: 'a', role: 'states'                          | role
            stateMachine: 'a', credentialsId: 'nobody'                 | credentialsId 'nobody'
            """;

    @Test
    void badInputFailsBeforeAnyCallAndNamesTheParameter(JenkinsRule jenkins, SimulatedAccount account)
            throws Exception {
        BadInput.of("awaitStateMachine", BAD_INPUT).isRefusedIn(jenkins);

        assertThat(account.aws().ledger().calls()).isEmpty();
    }
}
