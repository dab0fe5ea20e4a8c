package io.jenkins.plugins.awsoperations.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.jenkins.SimulatedAccount;
import io.jenkins.plugins.awsoperations.jenkins.WithSimulatedAccount;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Wrong parameters of the step. All in one Jenkins, because each would take longer to start than to test. */
@WithSimulatedAccount
class Ec2BackupParametersJenkinsTest {

    /** Arguments, and what the log must say of them. */
    private static final String BAD_INPUT = """
            plan: 'daily'                               | tags
            tags: [:]                                   | tags
            tags: 'Backup=yes'                          | tags
            tags: [Backup: null]                        | tags has a key or a value that is null
            tags: [(null): 'yes']                       | tags has a key or a value that is null
            tags: [Backup: ['yes', null]]               | tags has a key or a value that is null
            instanceIds: [null]                         | instanceIds has a key or a value that is null
            tags: [Backup: []]                          | tags
            tags: [a: 'b'], instanceIds: ['i-01234567'] | instanceIds
            instanceIds: ['web-1']                      | instanceIds
            tags: [a: 'b'], excludeTags: ['': 'x']      | excludeTags
            tags: [a: 'b'], plan: 'every day'           | plan
            tags: [a: 'b'], generations: 1001           | generations
            tags: [a: 'b'], generations: 'many'         | generations
            tags: [a: 'b'], generations: 3.5            | generations must be a whole number, not 3.5
            tags: [a: 'b'], generations: 4294967297     | generations must be a whole number, not 4294967297
            tags: [a: 'b'], retentionDays: 0            | retentionDays
            tags: [a: 'b'], reboot: 'yes'               | reboot
            tags: [a: 'b'], rebootConcurrency: 0        | rebootConcurrency
            tags: [a: 'b'], imageName: 'nightly'        | imageName
            tags: [a: 'b'], description: 'ä'            | description
            tags: [a: 'b'], copyTags: 'no'              | copyTags
            tags: [a: 'b'], imageTags: ['aws:x': 'y']   | imageTags
            tags: [a: 'b'], imageTags: [x: ['y', 'z']]  | imageTags
            tags: [a: 'b'], tagSnapshots: 1             | tagSnapshots
            tags: [a: 'b'], excludeDevices: ['']        | excludeDevices
            tags: [a: 'b'], statusCheck: 'MAYBE'        | statusCheck must be one of NONE, CHECK, RETRY, not 'MAYBE'
            tags: [a: 'b'], maxAttempts: 11             | maxAttempts
            tags: [a: 'b'], timeoutMinutes: 0           | timeoutMinutes
            tags: [a: 'b'], onConflict: 'PANIC'         | onConflict must be one of WAIT, SKIP, FAIL, not 'PANIC'
            tags: [a: 'b'], conflictTimeoutMinutes: -1  | conflictTimeoutMinutes
            tags: [a: 'b'], shareWindowMinutes: -1      | shareWindowMinutes
            tags: [a: 'b'], parallelism: 51             | parallelism
            tags: [a: 'b'], maxInstances: -1            | maxInstances
            tags: [a: 'b'], ifNoInstances: 'SHRUG'      | ifNoInstances must be one of FAIL, UNSTABLE, SUCCEED
            tags: [a: 'b'], onPartialFailure: 'SHRUG'   | onPartialFailure must be one of FAIL, UNSTABLE
            tags: [a: 'b'], keepTag: 'aws:keep'         | keepTag
            tags: [a: 'b'], deprecateAfterDays: 0       | deprecateAfterDays
            tags: [a: 'b'], dryRun: 'yes'               | dryRun
            tags: [a: 'b'], dryrun: true                | ec2Backup has no parameter 'dryrun'
            tags: [a: 'b'], endpoint: 'http://x'        | ec2Backup has no parameter 'endpoint'
            tags: [a: 'b'], account: 'nobody'           | account 'nobody' is not configured; known: simulator
            tags: [a: 'b'], region: 'Tokyo'             | region
            tags: [a: 'b'], role: 'backup'              | role
            tags: [a: 'b'], externalId: 'x y'           | externalId
            tags: [a: 'b'], credentialsId: 'nobody'     | credentialsId 'nobody'
            """;

    @Test
    void badInputFailsBeforeAnyCallAndNamesTheParameter(JenkinsRule jenkins, SimulatedAccount account)
            throws Exception {
        BadInput.of("ec2Backup", BAD_INPUT).isRefusedIn(jenkins);

        assertThat(account.aws().ledger().calls()).isEmpty();
    }
}
