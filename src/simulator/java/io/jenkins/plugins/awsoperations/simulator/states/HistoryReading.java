package io.jenkins.plugins.awsoperations.simulator.states;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.awsoperations.simulator.wire.JsonCall;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * GetExecutionHistory. It shows every event at once, while DescribeExecution shows a change of status only after a delay:
 * whoever sees there that an execution has ended sees its last event here.
 */
final class HistoryReading {

    private static final Set<String> DATA = Set.of("input", "output");

    private final ExecutionLookup lookup;

    HistoryReading(StatesContext context) {
        this.lookup = new ExecutionLookup(context);
    }

    void run(JsonCall call) {
        NumberPage page = NumberPage.of(call, 1024);
        boolean reverse = call.request().flag("reverseOrder");
        boolean data = call.request().flag("includeExecutionData", true);
        List<HistoryEvent> events = lookup.read(call).history().events();
        ArrayNode array = call.reply().putArray("events");
        int step = reverse ? -1 : 1;
        int i = page.from(reverse ? events.size() : 1);
        for (; i >= 1 && i <= events.size(); i += step) {
            if (array.size() == page.size()) {
                page.next(call, i);
                return;
            }
            write(events.get(i - 1), data, array.addObject());
        }
    }

    private static void write(HistoryEvent event, boolean data, ObjectNode node) {
        StatesContext.time(node, "timestamp", event.at());
        node.put("type", event.type()).put("id", event.id()).put("previousEventId", event.previousId());
        Map<String, Object> details = event.details();
        if (details == null) {
            return;
        }
        ObjectNode object = node.putObject(detailsName(event.type()));
        new TreeMap<>(details).forEach((name, value) -> {
            boolean isData = DATA.contains(name);
            if (!data && (isData || name.equals("parameters"))) {
                return;
            }
            if (value instanceof Number number) {
                object.put(name, number.longValue());
            } else {
                object.put(name, value.toString());
            }
            if (isData) {
                object.putObject(name + "Details").put("truncated", false);
            }
        });
    }

    private static String detailsName(String type) {
        String name =
                type.endsWith("StateEntered") ? "StateEntered" : type.endsWith("StateExited") ? "StateExited" : type;
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1) + "EventDetails";
    }
}
