package io.jenkins.plugins.awsoperations.jenkins.config;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.security.ACL;
import hudson.util.FormValidation;
import io.jenkins.plugins.awsoperations.aws.AwsAccount;
import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.AwsConnections;
import io.jenkins.plugins.awsoperations.aws.AwsCredentialSource;
import io.jenkins.plugins.awsoperations.aws.AwsIdentity;
import io.jenkins.plugins.awsoperations.jenkins.Messages;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import jenkins.model.Jenkins;

/** The button "Test connection": asks STS who the account is, with the form's values, saved or not. */
final class ConnectionTest {

    private ConnectionTest() {}

    static FormValidation of(AwsAccountConfiguration account) {
        if (account.getRegion() == null) {
            return FormValidation.error(Messages.ConnectionTest_needsRegion());
        }
        var problem = account.problem();
        if (problem.isPresent()) {
            return FormValidation.error(problem.get());
        }
        // Connections of its own: what was changed in the form or in the credentials must not meet remembered ones.
        try (AwsConnections connections = new AwsConnections(InstantSource.system())) {
            AwsIdentity identity = connections.connect(describe(account)).identity();
            return FormValidation.ok(
                    Messages.ConnectionTest_connected(identity.accountId(), account.getRegion(), identity.arn()));
        } catch (AwsCallException e) {
            return FormValidation.error(e.failure().describe());
        } catch (OperationException e) {
            return FormValidation.error(e.failure().describe());
        }
    }

    private static AwsAccount describe(AwsAccountConfiguration account) {
        AwsAccount.Builder description = AwsAccount.in(account.getRegion())
                .name(account.getName())
                .assumeRole(account.getRole(), account.getExternalId())
                .roleSessionName("jenkins-test-connection")
                .endpoint(account.getEndpoint() == null ? null : URI.create(account.getEndpoint()));
        String id = account.getCredentialsId();
        if (id != null) {
            description.credentials(new AwsCredentialSource.Lookup(
                    "test of " + id, StoredKeys.VALID_FOR, () -> StoredKeys.of(id, find(id))));
        }
        return description.build();
    }

    /** As the system, because an administrator tests here; but only what builds could use too. */
    private static AmazonWebServicesCredentials find(String id) {
        return CredentialsProvider.lookupCredentialsInItemGroup(
                        AmazonWebServicesCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of())
                .stream()
                .filter(StoredKeys::areForBuilds)
                .filter(credentials -> credentials.getId().equals(id))
                .findFirst()
                .orElse(null);
    }
}
