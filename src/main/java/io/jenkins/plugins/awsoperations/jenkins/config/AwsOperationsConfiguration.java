package io.jenkins.plugins.awsoperations.jenkins.config;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** The AWS accounts that jobs may name. Only administrators see and change them. */
@Extension
@Symbol("awsOperations")
public final class AwsOperationsConfiguration extends GlobalConfiguration {

    private List<AwsAccountConfiguration> accounts = new ArrayList<>();

    public AwsOperationsConfiguration() {
        load();
    }

    public static AwsOperationsConfiguration get() {
        return ExtensionList.lookupSingleton(AwsOperationsConfiguration.class);
    }

    @NonNull
    public List<AwsAccountConfiguration> getAccounts() {
        return List.copyOf(accounts);
    }

    /** @throws IllegalArgumentException naming the account and the field, when one is not valid; nothing is changed then */
    @DataBoundSetter
    public void setAccounts(List<AwsAccountConfiguration> accounts) {
        List<AwsAccountConfiguration> valid = accounts == null ? new ArrayList<>() : new ArrayList<>(accounts);
        check(valid);
        this.accounts = valid;
        save();
    }

    private static void check(List<AwsAccountConfiguration> accounts) {
        Set<String> names = new HashSet<>();
        for (AwsAccountConfiguration account : accounts) {
            account.problem().ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
            if (!names.add(account.getName())) {
                throw new IllegalArgumentException("account '" + account.getName()
                        + "': name is there twice, and jobs could not tell which is meant");
            }
        }
        List<String> defaults = accounts.stream()
                .filter(AwsAccountConfiguration::isDefaultAccount)
                .map(AwsAccountConfiguration::getName)
                .toList();
        if (defaults.size() > 1) {
            throw new IllegalArgumentException("defaultAccount is set for " + String.join(" and ", defaults)
                    + "; only one account can be the default");
        }
    }

    public Optional<AwsAccountConfiguration> account(String name) {
        return accounts.stream().filter(a -> a.getName().equals(name)).findFirst();
    }

    /** The account of jobs that name none. */
    public Optional<AwsAccountConfiguration> defaultAccount() {
        return accounts.stream()
                .filter(AwsAccountConfiguration::isDefaultAccount)
                .findFirst();
    }

    /** The names that jobs may use, for a message. */
    public String names() {
        return accounts.isEmpty()
                ? "none is configured"
                : accounts.stream().map(AwsAccountConfiguration::getName).collect(Collectors.joining(", "));
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        try {
            // An empty list is not part of the form at all.
            setAccounts(request.bindJSONToList(AwsAccountConfiguration.class, form.opt("accounts")));
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, "accounts");
        }
        return true;
    }
}
