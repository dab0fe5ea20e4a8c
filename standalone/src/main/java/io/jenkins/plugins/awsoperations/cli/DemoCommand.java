package io.jenkins.plugins.awsoperations.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: what the product does, on an AWS that is part of the program. */
@Command(
        name = "demo",
        description = "Shows the daily and the weekly backup of the same instances in the same second, a network of"
                + " jobs on chosen workers with the alert that tells its failure, and the same network as a state machine, on"
                + " an embedded, simulated AWS. Needs no account and no network; takes less"
                + " than half a minute.")
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "150",
            description = "How many times as fast as the wall clock the simulated time runs, 1 to 400."
                    + " Default: ${DEFAULT-VALUE}.")
    double speed;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        if (!(speed >= 1 && speed <= 400)) {
            throw new ParameterException(spec.commandLine(), "--speed must be 1 to 400, not " + speed);
        }
        try (Demo demo = new Demo(speed, spec.commandLine().getOut())) {
            return demo.run() ? 0 : 1;
        }
    }
}
