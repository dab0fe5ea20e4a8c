package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.FaultEffect.ImageFate;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryRequest;
import io.jenkins.plugins.awsoperations.simulator.wire.ServiceCall;
import io.jenkins.plugins.awsoperations.simulator.wire.XmlBody;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What is done to images once they exist: deregistration, its protection, and deprecation. */
final class ImageActions {

    // API reference, DisableImageDeregistrationProtection.
    private static final Duration PROTECTION_COOLDOWN = Duration.ofHours(24);

    // API reference, EnableImageDeprecation: "The upper limit for DeprecateAt is 10 years from now".
    private static final int MAX_DEPRECATION_YEARS = 10;

    private final Ec2Context context;
    private final Ec2Store store;
    private final ResourceLookup lookup;

    ImageActions(Ec2Context context) {
        this.context = context;
        this.store = context.store();
        this.lookup = new ResourceLookup(store);
    }

    void deregister(ServiceCall call) {
        SimulatedImage image = image(call);
        boolean deleteSnapshots = call.request().flag("DeleteAssociatedSnapshots");
        if (image.isProtected(call.now())) {
            throw AwsError.badRequest(
                    "OperationNotPermitted",
                    "The image '" + image.id() + "' has deregistration protection and can't be deregistered");
        }
        store.deregister(image, call.now());
        call.resource(image.id());
        call.reply().flag("return", true);
        if (deleteSnapshots) {
            deleteSnapshots(call, image);
        }
    }

    private void deleteSnapshots(ServiceCall call, SimulatedImage image) {
        XmlBody reply = call.reply();
        List<String> removed = new ArrayList<>();
        removed.add(image.id());
        reply.open("deleteSnapshotResultSet");
        for (String snapshotId : image.snapshotIds()) {
            SimulatedSnapshot snapshot = store.snapshot(snapshotId);
            if (snapshot != null && snapshot.exists()) {
                String result = result(call, image, snapshot);
                if (result.equals("success")) {
                    store.delete(snapshot, call.now());
                    removed.add(snapshotId);
                }
                reply.open("item")
                        .text("snapshotId", snapshotId)
                        .text("returnCode", result)
                        .close("item");
            }
        }
        reply.close("deleteSnapshotResultSet");
        call.resource(String.join(",", removed));
    }

    private String result(ServiceCall call, SimulatedImage image, SimulatedSnapshot snapshot) {
        String planned = call.effect().snapshotDeleteResult();
        if (planned != null) {
            return planned;
        }
        // API reference: "if a snapshot is associated with multiple AMIs, it won't be deleted even if specified".
        return store.userOf(snapshot, call.horizon(), image.id()) == null ? "success" : "skipped";
    }

    void enableDeprecation(ServiceCall call) {
        QueryRequest request = call.request();
        request.required("ImageId");
        Instant at = timestamp(request.required("DeprecateAt"));
        Instant limit = OffsetDateTime.ofInstant(call.now(), ZoneOffset.UTC)
                .plusYears(MAX_DEPRECATION_YEARS)
                .toInstant();
        if (at.isBefore(call.now())) {
            throw AwsError.invalidValue("The deprecation date must not be in the past");
        }
        if (at.isAfter(limit)) {
            throw AwsError.invalidValue("The deprecation date must be at most 10 years from now");
        }
        // API reference: "Amazon EC2 rounds the seconds to the nearest minute".
        image(call).deprecateAt(at.plusSeconds(30).truncatedTo(ChronoUnit.MINUTES));
        call.reply().flag("return", true);
    }

    void disableDeprecation(ServiceCall call) {
        image(call).deprecateAt(null);
        call.reply().flag("return", true);
    }

    void enableProtection(ServiceCall call) {
        SimulatedImage image = image(call);
        image.protect(call.request().flag("WithCooldown"));
        call.reply().text("return", image.protection());
    }

    void disableProtection(ServiceCall call) {
        SimulatedImage image = image(call);
        image.unprotect(call.now().plus(PROTECTION_COOLDOWN));
        call.reply().text("return", image.protection());
    }

    void disable(ServiceCall call) {
        image(call).state(new ImageFate("disabled", null, null));
        call.reply().flag("return", true);
    }

    void enable(ServiceCall call) {
        image(call).state(SimulatedImage.AVAILABLE);
        call.reply().flag("return", true);
    }

    /** The image that the call is about, after permission was decided. */
    private SimulatedImage image(ServiceCall call) {
        String id = call.request().required("ImageId");
        ResourceIds.checkImage(id);
        context.permit(call, context.arn("image", id));
        return lookup.image(call, id);
    }

    private static Instant timestamp(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw AwsError.invalidValue("Invalid value '" + text + "' for DeprecateAt. Expecting YYYY-MM-DDTHH:MM:SSZ");
        }
    }
}
