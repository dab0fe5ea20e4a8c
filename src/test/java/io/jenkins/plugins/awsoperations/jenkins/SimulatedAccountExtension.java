package io.jenkins.plugins.awsoperations.jenkins;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import java.io.IOException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests what {@link WithSimulatedAccount} promises. */
final class SimulatedAccountExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(SimulatedAccountExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == SimulatedAccount.class;
    }

    /** When a parameter before it is the JenkinsRule, that Jenkins has started by now. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        double speed = test.getRequiredTestClass()
                .getAnnotation(WithSimulatedAccount.class)
                .speed();
        return store(test).getOrComputeIfAbsent(SimulatedAccount.class, type -> connected(speed));
    }

    private static SimulatedAccount connected(double speed) {
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        try {
            return new SimulatedAccount(speed).connect();
        } catch (IOException e) {
            throw new ParameterResolutionException("the simulated account cannot be used", e);
        }
    }

    @Override
    public void afterEach(ExtensionContext test) {
        SimulatedAccount account = store(test).remove(SimulatedAccount.class, SimulatedAccount.class);
        if (account != null) {
            account.close();
        }
    }

    private static Store store(ExtensionContext test) {
        return test.getStore(NAMESPACE);
    }
}
