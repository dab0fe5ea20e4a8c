package io.jenkins.plugins.awsoperations.simulator.ec2;

import io.jenkins.plugins.awsoperations.simulator.ec2.Ec2Store.Reference;
import io.jenkins.plugins.awsoperations.simulator.wire.AwsError;
import io.jenkins.plugins.awsoperations.simulator.wire.QueryRequest;
import io.jenkins.plugins.awsoperations.simulator.wire.ServiceCall;
import io.jenkins.plugins.awsoperations.simulator.wire.XmlBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * DescribeImageReferences: who uses an image (EC2 user guide, "Identify your resources referencing specified AMIs").
 */
final class ImageReferences implements Ec2Action {

    private static final int MAX_IDS = 10;
    private static final int MIN_PAGE = 5;
    private static final String INSTANCE = "ec2:Instance";
    private static final Set<String> TYPES = Set.of(
            INSTANCE,
            "ec2:LaunchTemplate",
            "ssm:Parameter",
            "imagebuilder:ImageRecipe",
            "imagebuilder:ContainerRecipe");

    private final Ec2Context context;
    private final Ec2Store store;
    private final ResourceLookup lookup;

    ImageReferences(Ec2Context context) {
        this.context = context;
        this.store = context.store();
        this.lookup = new ResourceLookup(store);
    }

    @Override
    public void run(ServiceCall call) {
        List<String> imageIds = call.request().requiredList("ImageId");
        if (imageIds.size() > MAX_IDS) {
            throw AwsError.invalidValue("The maximum number of image IDs in a single call is " + MAX_IDS);
        }
        imageIds.forEach(ResourceIds::checkImage);
        Set<String> types = types(call.request());
        context.permit(call);
        imageIds.forEach(id -> lookup.image(call, id));

        List<Reference> found = new ArrayList<>();
        for (String imageId : imageIds) {
            instancesOf(call, imageId).stream()
                    .filter(reference -> types.contains(reference.resourceType()))
                    .forEach(found::add);
            store.references().stream()
                    .filter(reference ->
                            reference.imageId().equals(imageId) && types.contains(reference.resourceType()))
                    .forEach(found::add);
        }
        Page<Reference> page = Page.of(call, MIN_PAGE, found.stream(), found::indexOf);
        XmlBody reply = call.reply().open("imageReferenceSet");
        for (Reference reference : page.items()) {
            reply.open("item")
                    .text("imageId", reference.imageId())
                    .text("resourceType", reference.resourceType())
                    .text("arn", reference.arn())
                    .close("item");
        }
        reply.close("imageReferenceSet").optional("nextToken", page.nextToken());
    }

    private static Set<String> types(QueryRequest request) {
        if (request.flag("IncludeAllResourceTypes")) {
            return TYPES;
        }
        List<String> members = request.members("ResourceType");
        if (members.isEmpty()) {
            throw AwsError.badRequest(
                    "MissingParameter", "Either IncludeAllResourceTypes or ResourceTypes must be specified.");
        }
        List<String> types = members.stream()
                .map(member -> request.required(member + ".ResourceType"))
                .toList();
        for (String type : types) {
            if (!TYPES.contains(type)) {
                throw AwsError.invalidValue("Invalid value '" + type + "' for ResourceType");
            }
        }
        return Set.copyOf(types);
    }

    private List<Reference> instancesOf(ServiceCall call, String imageId) {
        return store.instances().stream()
                .filter(instance -> instance.spec().imageId().equals(imageId))
                .filter(instance -> instance.state(call.now()) != InstanceState.TERMINATED)
                .map(instance -> new Reference(imageId, INSTANCE, context.instanceArn(instance.id())))
                .toList();
    }
}
