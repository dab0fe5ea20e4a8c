package io.jenkins.plugins.awsoperations.backup;

import io.jenkins.plugins.awsoperations.aws.AwsCallException;
import io.jenkins.plugins.awsoperations.aws.AwsConnection;
import io.jenkins.plugins.awsoperations.fleet.FleetInstance;
import io.jenkins.plugins.awsoperations.fleet.InstanceLocator;
import io.jenkins.plugins.awsoperations.operation.FailureKind;
import io.jenkins.plugins.awsoperations.operation.OperationException;
import io.jenkins.plugins.awsoperations.operation.OperationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the instances that a request means, and checks them against it before anything is written. */
final class Targets {

    /** CreateImage takes running and stopped instances (EC2 API reference). */
    private static final List<String> STATES = List.of("running", "stopped");

    private final BackupRequest request;
    private final InstanceLocator locator;

    Targets(BackupRequest request, AwsConnection aws) {
        this.request = request;
        this.locator = new InstanceLocator(aws);
    }

    /**
     * @throws OperationException of kind CONFIGURATION when they do not fit the request
     */
    List<InstanceBackup> find() {
        List<FleetInstance> found = request.tags().isEmpty()
                ? locator.byIds(request.instanceIds())
                : locator.byTags(request.tags(), STATES);
        List<FleetInstance> targets = found.stream()
                .filter(i -> request.excludeTags().isEmpty()
                        || !request.excludeTags().matchesAny(i.tags()))
                .toList();
        if (request.maxInstances() > 0 && targets.size() > request.maxInstances()) {
            throw new OperationException(OperationFailure.of(
                    FailureKind.CONFIGURATION,
                    "maxInstances is " + request.maxInstances() + ", but " + targets.size() + " instances match "
                            + (request.tags().isEmpty() ? "instanceIds" : request.tags()),
                    "Check the tags; if so many are meant, raise maxInstances. Nothing was done."));
        }
        List<InstanceBackup> instances = new ArrayList<>();
        for (FleetInstance target : targets) {
            InstanceBackup instance = instance(target);
            if (instance.failure == null) {
                checkDevices(target);
            }
            instances.add(instance);
        }
        instances.addAll(unknown(found));
        return instances;
    }

    /** What to say when nothing matched, with the nearest that there is. */
    OperationFailure noInstances() {
        boolean wanted = !request.tags().isEmpty() && request.ifNoInstances() != BackupRequest.IfNoInstances.SUCCEED;
        String hint = wanted ? nearMiss() : "";
        return OperationFailure.of(
                FailureKind.NOT_FOUND,
                "no running or stopped instance matches "
                        + (request.tags().isEmpty() ? "instanceIds " + request.instanceIds() : "tags " + request.tags())
                        + (request.excludeTags().isEmpty() ? "" : " without " + request.excludeTags())
                        + hint,
                "Check the tags, the region and the account, or set ifNoInstances.");
    }

    private String nearMiss() {
        try {
            return locator.nearMiss(request.tags())
                    .map(near -> "; there is " + near + ": tags are case sensitive")
                    .orElse("");
        } catch (AwsCallException e) {
            // Only a hint: it is not worth another failure, nor a wait.
            return "";
        }
    }

    private InstanceBackup instance(FleetInstance i) {
        InstanceBackup backup = new InstanceBackup(i);
        if (!STATES.contains(i.state())) {
            refuse(
                    backup,
                    FailureKind.CONFLICT,
                    "the instance is " + i.state() + "; an image can be made of a running or a stopped one",
                    "Start or stop it, and run again.");
        } else if (!i.rootDeviceType().equals("ebs")) {
            refuse(
                    backup,
                    FailureKind.CONFIGURATION,
                    "the instance's root device is " + i.rootDeviceType() + "; CreateImage needs an EBS volume",
                    "Leave it out with excludeTags, and back it up from within.");
        }
        return backup;
    }

    private List<InstanceBackup> unknown(List<FleetInstance> found) {
        Map<String, FleetInstance> byId =
                found.stream().collect(Collectors.toMap(FleetInstance::id, Function.identity(), (a, b) -> b));
        List<InstanceBackup> unknown = new ArrayList<>();
        request.instanceIds().stream()
                .distinct()
                .filter(id -> !byId.containsKey(id))
                .forEach(id -> {
                    InstanceBackup backup = new InstanceBackup(id);
                    refuse(
                            backup,
                            FailureKind.NOT_FOUND,
                            "there is no instance " + id,
                            "Check instanceIds, the region and the account.");
                    unknown.add(backup);
                });
        return unknown;
    }

    private void checkDevices(FleetInstance i) {
        for (String device : request.excludeDevices()) {
            String problem = device.equals(i.rootDeviceName())
                    ? "is the root device of " + i.display() + ", which an image cannot do without"
                    : i.devices().contains(device)
                            ? null
                            : "is not a device of " + i.display() + "; it has " + String.join(", ", i.devices());
            if (problem != null) {
                throw new OperationException(OperationFailure.of(
                        FailureKind.CONFIGURATION, "excludeDevices: " + device + " " + problem, "Nothing was done."));
            }
        }
    }

    private static void refuse(InstanceBackup i, FailureKind kind, String message, String remedy) {
        i.failure = OperationFailure.of(kind, message, remedy);
        i.enter(InstanceBackup.Phase.FAILED);
    }
}
