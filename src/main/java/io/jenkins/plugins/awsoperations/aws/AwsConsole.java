package io.jenkins.plugins.awsoperations.aws;

/** Addresses of pages of the AWS console. */
public final class AwsConsole {

    private AwsConsole() {}

    /** The page of an image. */
    public static String image(String region, String imageId) {
        return ec2(region) + "#ImageDetails:imageId=" + imageId;
    }

    /** The list of own images that carry a tag. */
    public static String imagesWithTag(String region, String tagKey) {
        return ec2(region) + "#Images:visibility=owned-by-me;tag-key=" + tagKey;
    }

    private static String ec2(String region) {
        return "https://" + host(region) + "/ec2/home?region=" + region;
    }

    /** China and GovCloud have consoles of their own (AWS General Reference, service endpoints of the console). */
    private static String host(String region) {
        if (region.startsWith("cn-")) {
            return region + ".console.amazonaws.cn";
        }
        if (region.startsWith("us-gov-")) {
            return "console.amazonaws-us-gov.com";
        }
        return region + ".console.aws.amazon.com";
    }
}
