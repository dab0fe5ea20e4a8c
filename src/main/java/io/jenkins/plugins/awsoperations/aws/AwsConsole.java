package io.jenkins.plugins.awsoperations.aws;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

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

    /** The page of a Run Command invocation: status and the beginning of its output. */
    public static String command(String region, String commandId, String instanceId) {
        return "https://" + host(region) + "/systems-manager/run-command/" + commandId + "/" + instanceId + "?region="
                + region;
    }

    /** The page of a Step Functions execution. */
    public static String execution(String region, String executionArn) {
        return "https://" + host(region) + "/states/home?region=" + region + "#/executions/details/" + executionArn;
    }

    /** The list of the streams of a log group whose names begin with a text. */
    public static String logStreams(String region, String logGroup, String prefix) {
        return "https://" + host(region) + "/cloudwatch/home?region=" + region + "#logsV2:log-groups/log-group/"
                + twice(logGroup) + "$3FlogStreamNameFilter$3D" + twice(prefix);
    }

    /** The console's own encoding of names within the fragment: percent encoding, twice, with $ in place of %. */
    private static String twice(String name) {
        String once = URLEncoder.encode(name, StandardCharsets.UTF_8);
        return URLEncoder.encode(once, StandardCharsets.UTF_8).replace("%", "$");
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
