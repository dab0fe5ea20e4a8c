package io.jenkins.plugins.awsoperations.command;

import java.nio.charset.StandardCharsets;

/**
 * One of the two outputs as GetCommandInvocation gives it. There is no flag that says whether it is all, so that is told from
 * two limits: the agent sends no more than 24,000 bytes of either output and puts a mark at the end of what it cut (source of
 * amazon-ssm-agent: runpluginutil, StringPrefix); and AWS gives no more than so many characters of that.
 *
 * @param text what the command wrote, without the mark
 * @param isCut whether it is only the beginning
 */
record ReportedText(String text, boolean isCut) {

    private static final String MARK = "--output truncated--";
    private static final int MOST_BYTES = 24_000;

    /**
     * @param content as AWS gives it
     * @param most how many characters AWS gives of it
     */
    static ReportedText of(String content, int most) {
        if (content.endsWith(MARK) && content.getBytes(StandardCharsets.UTF_8).length >= MOST_BYTES) {
            // A character that was cut in two came as replacement characters.
            String text = content.substring(0, content.length() - MARK.length());
            return new ReportedText(text.replaceFirst("\uFFFD{1,3}$", ""), true);
        }
        return new ReportedText(content, content.length() >= most);
    }
}
