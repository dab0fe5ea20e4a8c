package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Wrong parameters of the step. All in one Jenkins, because each would take longer to start than to test. */
@WithSimulatedAccount
class RunOnTaggedInstanceParametersJenkinsTest {

    /** Arguments, and what the log must say of them. */
    private static final String BAD_INPUT = """
            commands: 'x'                                               | tags or instanceId must be given
            tags: [a: 'b']                                              | commands must be given: there is nothing to run
            tags: [a: 'b'], commands: []                                | commands must be given
            tags: [a: 'b'], commands: ' '                               | commands must be given
            tags: [a: 'b'], commands: [null]                            | commands has a key or a value that is null
            tags: [a: 'b'], commands: [a: 'b']                          | commands must be a text or a list of texts
            tags: [a: 'b'], commands: 42                                | commands must be a text or a list of texts, not 42
            tags: [a: 'b'], commands: 'x' * 70000                       | at most 60000 can be sent
            tags: [a: null], commands: 'x'                              | tags has a key or a value that is null
            tags: [a: []], commands: 'x'                                | tags has no value for 'a'
            instanceId: 'web-1', commands: 'x'                          | instanceId
            tags: [a: 'b'], commands: 'x', strategy: 'FASTEST'          | strategy must be one of RANDOM, ROUND_ROBIN, LEAST_BUSY, STICKY, not 'FASTEST'
            tags: [a: 'b'], commands: 'x', maxPerInstance: -1           | maxPerInstance must be 0 to 1000, not -1
            tags: [a: 'b'], commands: 'x', busyRetries: 101             | busyRetries
            tags: [a: 'b'], commands: 'x', busyIntervalSeconds: 0       | busyIntervalSeconds
            tags: [a: 'b'], commands: 'x', busyIntervalSeconds: 1.5     | busyIntervalSeconds must be a whole number, not 1.5
            tags: [a: 'b'], commands: 'x', busyBackoff: 0.5             | busyBackoff must be 1.0 to 10.0, not 0.5
            tags: [a: 'b'], commands: 'x', busyBackoff: 'twice'         | busyBackoff
            tags: [a: 'b'], commands: 'x', workingDirectory: 'tmp'      | workingDirectory must be an absolute path
            tags: [a: 'b'], commands: 'x', environment: 'A=b'           | environment
            tags: [a: 'b'], commands: 'x', environment: ['A-B': 'c']    | environment 'A-B' is not a variable's name
            tags: [a: 'b'], commands: 'x', environment: [A: ['b', 'c']] | environment 'A' has several values; a variable has one
            tags: [a: 'b'], commands: 'x', environment: [A: null]       | environment has a key or a value that is null
            tags: [a: 'b'], commands: 'x', runAs: 'a b'                 | runAs 'a b' is not the name of a Linux user
            tags: [a: 'b'], commands: 'x', failFast: 'yes'              | failFast must be true or false, not 'yes'
            tags: [a: 'b'], commands: 'x', executionTimeoutSeconds: 0   | executionTimeoutSeconds must be 1 to 172800, not 0
            tags: [a: 'b'], commands: 'x', deliveryTimeoutSeconds: 29   | deliveryTimeoutSeconds
            tags: [a: 'b'], commands: 'x', documentName: 'My-Document'  | commands are not for the document My-Document
            tags: [a: 'b'], documentName: 'My Document'                 | documentName 'My Document' is not the name
            tags: [a: 'b'], commands: 'x', documentParameters: [commands: 'y'] | documentParameters 'commands' is made of
            tags: [a: 'b'], commands: 'x', retries: 1                   | retryExitCodes must say which exit codes are worth a retry
            tags: [a: 'b'], commands: 'x', retryExitCodes: [1]          | retries is 0, so retryExitCodes would do nothing
            tags: [a: 'b'], commands: 'x', retries: 1, retryExitCodes: [0]    | retryExitCodes must not contain 0
            tags: [a: 'b'], commands: 'x', retries: 1, retryExitCodes: [1.5]  | retryExitCodes must be a whole number, not 1.5
            tags: [a: 'b'], commands: 'x', retries: 1, retryExitCodes: ['one']  | retryExitCodes
            tags: [a: 'b'], commands: 'x', retries: 1, retryExitCodes: 75     | retryExitCodes must be a list of whole numbers, as [75]
            tags: [a: 'b'], commands: 'x', retries: 1, retryExitCodes: [1], retryDelaySeconds: -1 | retryDelaySeconds
            tags: [a: 'b'], commands: 'x', returnStatus: 'yes'          | returnStatus must be true or false
            tags: [a: 'b'], commands: 'x', returnStatus: true, returnStdout: true | returnStatus and returnStdout exclude each other
            tags: [a: 'b'], commands: 'x', returnStatus: true, unstableExitCodes: [1] | unstableExitCodes and returnStatus exclude each other
            tags: [a: 'b'], commands: 'x', unstableExitCodes: [4294967297] | unstableExitCodes must be a whole number, not 4294967297
            tags: [a: 'b'], commands: 'x', logGroup: 'a b'              | logGroup
            tags: [a: 'b'], commands: 'x', s3Bucket: 'A'                | s3Bucket
            tags: [a: 'b'], commands: 'x', s3Prefix: 'jobs'             | s3Prefix needs s3Bucket
            tags: [a: 'b'], commands: 'x', maxLogBytes: -1              | maxLogBytes
            tags: [a: 'b'], commands: 'x', onAbort: 'PANIC'             | onAbort must be one of CANCEL, DETACH, not 'PANIC'
            tags: [a: 'b'], commands: 'x', preferredInstanceId: 'i-01234567' | runOnTaggedInstance has no parameter 'preferredInstanceId'
            tags: [a: 'b'], command: 'x'                                | runOnTaggedInstance has no parameter 'command'
            tags: [a: 'b'], commands: 'x', account: 'nobody'            | account 'nobody' is not configured; known: simulator
            tags: [a: 'b'], commands: 'x', region: 'Tokyo'              | region
            tags: [a: 'b'], commands: 'x', role: 'backup'               | role
            tags: [a: 'b'], commands: 'x', externalId: 'x y'            | externalId
            tags: [a: 'b'], commands: 'x', credentialsId: 'nobody'      | credentialsId 'nobody'
            """;

    @Test
    void badInputFailsBeforeAnyCallAndNamesTheParameter(JenkinsRule jenkins, SimulatedAccount account)
            throws Exception {
        BadInput.of("runOnTaggedInstance", BAD_INPUT).isRefusedIn(jenkins);

        assertThat(account.aws().ledger().calls()).isEmpty();
    }
}
