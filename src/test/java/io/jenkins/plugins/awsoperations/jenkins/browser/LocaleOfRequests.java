package io.jenkins.plugins.awsoperations.jenkins.browser;

import java.util.Locale;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;

/** As a servlet container's Jenkins has it; the one of JenkinsRule speaks English to everybody. */
final class LocaleOfRequests extends LocaleProvider {

    private LocaleOfRequests() {}

    /** Jenkins answers in the language of the browser while something is done. */
    static void whileIn(Runnable pages) {
        LocaleProvider before = LocaleProvider.getProvider();
        LocaleProvider.setProvider(new LocaleOfRequests());
        try {
            pages.run();
        } finally {
            LocaleProvider.setProvider(before);
        }
    }

    @Override
    public Locale get() {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        return request == null ? Locale.ENGLISH : request.getLocale();
    }
}
