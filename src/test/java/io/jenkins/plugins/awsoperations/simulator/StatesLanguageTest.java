package io.jenkins.plugins.awsoperations.simulator;

import static io.jenkins.plugins.awsoperations.simulator.SimulatedAws.messageOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.awsoperations.simulator.states.ExecutionView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Amazon States Language: what states make of their data, and which definitions are refused. */
class StatesLanguageTest {

    @RegisterExtension
    final SimulatedStates aws = new SimulatedStates();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                                          | {'a':1}           | {'a':1}",
                "'Result': [1, 'x'],                                         | {'a':1}           | [1,'x']",
                "'Result': 7, 'ResultPath': '$.b',                           | {'a':1}           | {'a':1,'b':7}",
                "'Result': 7, 'ResultPath': '$.a.b.c',                       | {'a':{'x':0}}     | {'a':{'x':0,'b':{'c':7}}}",
                "'Result': 7, 'ResultPath': null,                            | {'a':1}           | {'a':1}",
                "'Result': 7, 'ResultPath': '$.l[1]',                        | {'l':[1,2,3]}     | {'l':[1,7,3]}",
                "'InputPath': '$.a',                                         | {'a':{'b':1}}     | {'b':1}",
                "'InputPath': null,                                          | {'a':1}           | {}",
                "'OutputPath': '$.a[1]',                                     | {'a':[1,2]}       | 2",
                "'OutputPath': null,                                         | {'a':1}           | {}",
                "'InputPath': '$.a', 'ResultPath': '$.c',                    | {'a':1}           | {'a':1,'c':1}",
                "'Parameters': {'x.$': '$.a', 'y': 'z'},                     | {'a':1}           | {'x':1,'y':'z'}",
                "'Parameters': {'l': [{'x.$': '$.a'}]},                      | {'a':1}           | {'l':[{'x':1}]}",
                "'Parameters': {'x.$': '$'},                                 | [1]               | {'x':[1]}",
                "'Parameters': {'x.$': '$.l[*].n'},                          | {'l':[{'n':1},{'n':2}]} | {'x':[1,2]}",
                "'Parameters': {'x.$': \"$['a b']\"},                        | {'a b':1}         | {'x':1}",
                "'Parameters': {'x.$': '$$.Execution.Name'},                 | {}                | {'x':'run'}",
                "'Parameters': {'x.$': '$$.State.Name'},                     | {}                | {'x':'P'}",
                "'Parameters': {'x.$': '$$.Execution.Input.a'},              | {'a':1}           | {'x':1}",
                "'Parameters': {'x.$': '$$.Execution.StartTime'},            | {}                | {'x':'2026-01-15T03:00:00Z'}",
                "'Parameters': {'x.$': '$$.StateMachine.Name'},              | {}                | {'x':'machine-0'}",
                "'Parameters': {'x.$': '$$.Execution.Id'}, | {} | {'x':'arn:aws:states:ap-northeast-1:123456789012:execution:machine-0:run'}",
            })
    void passesDataOn(String fields, String input, String output) {
        assertThat(pass(fields, input).output()).isEqualTo(quoted(output));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "States.Format('a {} b {}', $.n, $.s)              | \"a 1 b x\"",
                "States.Format('\\{} {}', 1)                       | \"{} 1\"",
                "States.Format('it\\'s {}', $.o)                   | \"it's {\\\"k\\\":1}\"",
                "States.StringToJson('{\"a\": [1]}')               | {\"a\":[1]}",
                "States.JsonToString($.o)                          | \"{\\\"k\\\":1}\"",
                "States.Array(1, 'x', $.l, true, null)             | [1,\"x\",[3,4],true,null]",
                "States.Array()                                    | []",
                "States.ArrayLength($.l)                           | 2",
                "States.ArrayGetItem($.l, 1)                       | 4",
                "States.ArrayContains($.l, 3)                      | true",
                "States.MathAdd($.n, -3)                           | -2",
                "States.StringSplit('a.b,c', '.,')                 | [\"a\",\"b\",\"c\"]",
                "States.Base64Encode('abc')                        | \"YWJj\"",
                "States.Format('{}', States.JsonToString(States.Array($.n, $.l[0]))) | \"[1,3]\"",
            })
    void knowsIntrinsicFunctions(String call, String value) {
        String escaped = call.replace("\\", "\\\\").replace("\"", "\\\"");
        ExecutionView run = run(
                "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"Parameters\":{\"v.$\":\"" + escaped
                        + "\"},\"End\":true}}}",
                "{\"n\":1,\"s\":\"x\",\"o\":{\"k\":1},\"l\":[3,4]}");
        assertThat(run.output()).isEqualTo("{\"v\":" + value + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'StringEquals': 'x'                   | 'x'     | 'y'",
                "'StringEqualsPath': '$.other'         | 'o'     | 'x'",
                "'StringLessThan': 'b'                 | 'a'     | 'b'",
                "'StringGreaterThan': 'b'              | 'c'     | 'b'",
                "'StringLessThanEquals': 'b'           | 'b'     | 'c'",
                "'StringGreaterThanEquals': 'b'        | 'b'     | 'a'",
                "'StringMatches': 'log-*.txt'          | 'log-1.txt' | 'log-1.csv'",
                "'StringMatches': 'a\\\\*'             | 'a*'    | 'ab'",
                "'NumericEquals': 1                    | 1.0     | 2",
                "'NumericEquals': 1                    | 1       | '1'",
                "'NumericLessThan': 1                  | 0       | 1",
                "'NumericGreaterThan': 1               | 1.5     | 1",
                "'NumericLessThanEquals': 1            | 1       | 2",
                "'NumericGreaterThanEquals': 1         | 1       | 0",
                "'NumericGreaterThanPath': '$.number'  | 6       | 5",
                "'BooleanEquals': true                 | true    | false",
                "'BooleanEqualsPath': '$.flag'         | true    | false",
                "'TimestampEquals': '2026-01-01T00:00:00Z' | '2026-01-01T01:00:00+01:00' | '2026-01-01T00:00:01Z'",
                "'TimestampLessThan': '2026-01-01T00:00:00Z' | '2025-12-31T23:59:59Z' | '2026-01-01T00:00:00Z'",
                "'TimestampGreaterThanEquals': '2026-01-01T00:00:00Z' | '2026-01-01T00:00:00Z' | '2025-01-01T00:00:00Z'",
                "'IsNull': true                        | null    | 1",
                "'IsNumeric': true                     | 1       | '1'",
                "'IsString': true                      | '1'     | 1",
                "'IsString': false                     | 1       | '1'",
                "'IsBoolean': true                     | false   | 0",
                "'IsTimestamp': true                   | '2026-01-01T00:00:00Z' | 'now'",
            })
    void comparesWithTheOperatorsOfChoices(String operator, String matching, String other) {
        String rule = "{'Variable': '$.v', " + operator + ", 'Next': 'Yes'}";
        assertThat(choose(rule, matching)).isEqualTo("\"yes\"");
        assertThat(choose(rule, other)).isEqualTo("\"no\"");
    }

    @Test
    void combinesComparisons() {
        String rule = """
                {'And': [{'Variable': '$.v', 'IsPresent': true},
                         {'Or': [{'Variable': '$.v', 'NumericEquals': 1}, {'Variable': '$.v', 'NumericEquals': 2}]},
                         {'Not': {'Variable': '$.v', 'NumericEquals': 2}}], 'Next': 'Yes'}
                """;
        assertThat(choose(rule, "1")).isEqualTo("\"yes\"");
        assertThat(choose(rule, "2")).isEqualTo("\"no\"");
        assertThat(choose(rule, "3")).isEqualTo("\"no\"");
        assertThat(choose("{'Variable': '$.absent', 'IsPresent': false, 'Next': 'Yes'}", "1"))
                .isEqualTo("\"yes\"");
    }

    @Test
    void failsWhereNoChoiceFits() {
        ExecutionView run = run(quoted("""
                        {'StartAt': 'C', 'States': {
                          'C': {'Type': 'Choice', 'Choices': [{'Variable': '$.a', 'NumericEquals': 1, 'Next': 'S'}]},
                          'S': {'Type': 'Succeed'}}}
                        """), "{\"a\": 2}");
        assertThat(run.error()).isEqualTo("States.Runtime");
        assertThat(run.cause())
                .isEqualTo("An error occurred while executing the state 'C' (entered at the event id #2). Failed to"
                        + " transition out of the state. The state does not point to a next state.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'InputPath': '$.x',          | States.Runtime | Invalid path '$.x' : No results for path: $['x']",
                "'OutputPath': '$.x.y',       | States.Runtime | Invalid path '$.x.y' : Missing property in path $['x']",
                "'Parameters': {'p.$': '$.x'}, | States.ParameterPathFailure | The JSONPath '$.x' specified for the field 'p.$' could not be found in the input '{\"a\":1}'",
                "'ResultPath': '$.a.b',       | States.ResultPathMatchFailure | Unable to apply ReferencePath $.a.b to input {\"a\":1}",
                "'Parameters': {'p.$': \"States.StringToJson('{')\"}, | States.IntrinsicFailure | Invalid arguments in States.StringToJson",
            })
    void failsWhenDataIsNotThere(String fields, String error, String cause) {
        ExecutionView run = pass(fields, "{\"a\":1}");
        assertThat(run.status()).isEqualTo("FAILED");
        assertThat(run.error()).isEqualTo(error);
        assertThat(run.cause())
                .startsWith("An error occurred while executing the state 'P' (entered at the event id #2). " + cause);
    }

    @Test
    void waitsForSecondsFromTheInputAndUntilATime() {
        String seconds = aws.run(
                quoted("{'StartAt':'W','States':{'W':{'Type':'Wait','SecondsPath':'$.s','End':true}}}"), "{\"s\": 30}");
        String until = aws.run(
                quoted("{'StartAt':'W','States':{'W':{'Type':'Wait','Timestamp':'2026-01-15T03:00:20Z','End':true}}}"),
                "{}");
        String untilPath = aws.run(
                quoted("{'StartAt':'W','States':{'W':{'Type':'Wait','TimestampPath':'$.t','End':true}}}"),
                "{\"t\": \"2026-01-15T12:00:25+09:00\"}");
        aws.passSeconds(19);
        assertThat(aws.status(until)).isEqualTo("RUNNING");
        aws.passSeconds(1);
        assertThat(aws.status(until)).isEqualTo("SUCCEEDED");
        assertThat(aws.status(untilPath)).isEqualTo("RUNNING");
        aws.passSeconds(5);
        assertThat(aws.status(untilPath)).isEqualTo("SUCCEEDED");
        assertThat(aws.status(seconds)).isEqualTo("RUNNING");
        aws.passSeconds(5);
        assertThat(aws.status(seconds)).isEqualTo("SUCCEEDED");
    }

    @Test
    void failsWithErrorAndCauseFromTheDefinitionOrTheInput() {
        ExecutionView fixed =
                run(quoted("{'StartAt':'F','States':{'F':{'Type':'Fail','Error':'E','Cause':'because'}}}"), "{}");
        assertThat(fixed.error()).isEqualTo("E");
        assertThat(fixed.cause()).isEqualTo("because");
        ExecutionView paths = run(
                quoted("{'StartAt':'F','States':{'F':{'Type':'Fail','ErrorPath':'$.e','CausePath':'$.c'}}}"),
                "{\"e\":\"E2\",\"c\":\"c2\"}");
        assertThat(paths.error()).isEqualTo("E2");
        assertThat(paths.cause()).isEqualTo("c2");
        ExecutionView bare = run(quoted("{'StartAt':'F','States':{'F':{'Type':'Fail'}}}"), "{}");
        assertThat(bare.status()).isEqualTo("FAILED");
        assertThat(bare.error()).isNull();
    }

    @Test
    void givesEveryIterationItsItemAndItsNumber() {
        ExecutionView run = run(quoted("""
                        {'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'ItemsPath': '$.l', 'ResultPath': '$.r', 'End': true,
                          'ItemSelector': {'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value', 'all.$': '$.n'},
                          'ItemProcessor': {'ProcessorConfig': {'Mode': 'INLINE'}, 'StartAt': 'P', 'States': {
                            'P': {'Type': 'Pass', 'Parameters': {'x.$': '$', 'i.$': '$$.Map.Item.Index'}, 'End': true}}}}}}
                        """), "{\"l\":[\"a\",\"b\"],\"n\":9}");
        assertThat(run.output())
                .isEqualTo(
                        quoted(
                                "{'l':['a','b'],'n':9,'r':[{'x':{'i':0,'v':'a','all':9},'i':0},{'x':{'i':1,'v':'b','all':9},'i':1}]}"));
    }

    @Test
    void givesAnEmptyListForAnEmptyList() {
        String map = quoted("{'StartAt':'M','States':{'M':{'Type':'Map','End':true,'ItemProcessor':"
                + "{'StartAt':'P','States':{'P':{'Type':'Pass','End':true}}}}}}");
        assertThat(run(map, "[]").output()).isEqualTo("[]");
        ExecutionView none = run(map, "{}");
        assertThat(none.error()).isEqualTo("States.Runtime");
    }

    @Test
    void nestsParallelAndMapStates() {
        ExecutionView run = run(quoted("""
                        {'StartAt': 'P', 'States': {'P': {'Type': 'Parallel', 'End': true,
                          'ResultSelector': {'first.$': '$[0]', 'second.$': '$[1]'},
                          'Branches': [
                            {'StartAt': 'M', 'States': {'M': {'Type': 'Map', 'End': true, 'ItemProcessor': {'StartAt': 'Q',
                              'States': {'Q': {'Type': 'Parallel', 'End': true, 'Branches': [
                                {'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'End': true}}}]}}}}}},
                            {'StartAt': 'W', 'States': {'W': {'Type': 'Wait', 'Seconds': 5, 'Next': 'S'},
                              'S': {'Type': 'Succeed'}}}]}}}
                        """), "[1,2]");
        assertThat(run.output()).isEqualTo("{\"first\":[[1],[2]],\"second\":[1,2]}");
    }

    @Test
    void goesRoundInCirclesWithoutARecursion() {
        ExecutionView run = run(quoted("""
                        {'StartAt': 'P', 'States': {
                          'P': {'Type': 'Parallel', 'Next': 'C', 'Branches': [
                            {'StartAt': 'A', 'States': {'A': {'Type': 'Pass', 'Result': 1, 'End': true}}}]},
                          'C': {'Type': 'Choice', 'Choices': [{'Variable': '$', 'IsNull': true, 'Next': 'S'}], 'Default': 'P'},
                          'S': {'Type': 'Succeed'}}}
                        """), "{}");
        assertThat(run.error()).isEqualTo("States.Runtime");
        assertThat(run.cause()).contains("maximum number of history events");
    }

    @Test
    void failsWhenAnOutputIsTooLong() {
        String half = "x".repeat(140_000);
        ExecutionView run = run(
                quoted("{'StartAt':'P','States':{'P':{'Type':'Pass','Parameters':{'a.$':'$','b.$':'$'},'End':true}}}"),
                "\"" + half + "\"");
        assertThat(run.error()).isEqualTo("States.DataLimitExceeded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                     | INVALID_JSON_DESCRIPTION: ",
                "[]                                    | INVALID_JSON_DESCRIPTION: ",
                "{'StartAt':'A'}                       | SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /",
                "{'StartAt':'B','States':{'A':{'Type':'Succeed'}}} | MISSING_TRANSITION_TARGET: Missing 'StartAt' target: B at /StartAt",
                "{'StartAt':'A','States':{'A':{'Type':'Pass','Next':'B'}}} | MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next",
                "{'StartAt':'A','States':{'A':{'Type':'Succeed'},'B':{'Type':'Succeed'}}} | MISSING_TRANSITION_TARGET: State \"B\" is not reachable. at /States/B",
                "{'StartAt':'A','States':{'A':{'Type':'Sleep'}}} | SCHEMA_VALIDATION_FAILED: Value is not one of",
                "{'StartAt':'A','States':{'A':{'Type':'Pass'}}} | SCHEMA_VALIDATION_FAILED: Exactly one of these fields is required: [Next, End] at /States/A",
                "{'StartAt':'A','States':{'A':{'Type':'Pass','End':true,'Color':1}}} | SCHEMA_VALIDATION_FAILED: Field is not supported at /States/A/Color",
                "{'StartAt':'A','States':{'A':{'Type':'Task','End':true}}} | SCHEMA_VALIDATION_FAILED: These fields are required: [Resource] at /States/A",
                "{'StartAt':'A','States':{'A':{'Type':'Wait','End':true}}} | SCHEMA_VALIDATION_FAILED: Exactly one of these fields is required: [Seconds, SecondsPath, Timestamp, TimestampPath]",
                "{'StartAt':'A','States':{'A':{'Type':'Choice','Choices':[]}}} | SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/A/Choices",
                "{'StartAt':'A','States':{'A':{'Type':'Choice','Choices':[{'Variable':'$.a','StringLike':'x','Next':'A'}]}}} | SCHEMA_VALIDATION_FAILED: Field is not supported",
                "{'StartAt':'A','States':{'A':{'Type':'Choice','Choices':[{'Variable':'$.a','NumericEquals':'x','Next':'A'}]}}} | SCHEMA_VALIDATION_FAILED: Field is not supported",
                "{'StartAt':'A','States':{'A':{'Type':'Pass','InputPath':'a','End':true}}} | SCHEMA_VALIDATION_FAILED: Value is not a valid JSONPath at /States/A/InputPath",
                "{'StartAt':'A','States':{'A':{'Type':'Pass','ResultPath':'$.a[*]','End':true}}} | SCHEMA_VALIDATION_FAILED: Value is not a Reference Path at /States/A/ResultPath",
                "{'StartAt':'A','States':{'A':{'Type':'Pass','Parameters':{'x.$':'y'},'End':true}}} | SCHEMA_VALIDATION_FAILED: The value for the field 'x.$' must be a valid JSONPath",
                "{'StartAt':'A','States':{'A':{'Type':'Pass','Parameters':{'x.$':'States.Nope()'},'End':true}}} | SCHEMA_VALIDATION_FAILED: The value for the field 'x.$' must be a valid JSONPath",
                "{'StartAt':'A','States':{'A':{'Type':'Task','Resource':'r','Retry':[{}],'End':true}}} | SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/A/Retry[0]/ErrorEquals",
                "{'StartAt':'A','States':{'A':{'Type':'Task','Resource':'r','Catch':[{'ErrorEquals':['States.ALL','E'],'Next':'A'}],'End':true}}} | SCHEMA_VALIDATION_FAILED: States.ALL must appear alone",
                "{'StartAt':'A','TimeoutSeconds':0,'States':{'A':{'Type':'Succeed'}}} | SCHEMA_VALIDATION_FAILED: Value is not a positive number of seconds at /TimeoutSeconds",
                "{'StartAt':'A','QueryLanguage':'JSONata','States':{'A':{'Type':'Succeed'}}} | SCHEMA_VALIDATION_FAILED: The simulator does not know the query language JSONata, only JSONPath at /QueryLanguage",
                "{'StartAt':'A','States':{'A':{'Type':'Succeed','QueryLanguage':'JSONata'}}} | SCHEMA_VALIDATION_FAILED: The simulator does not know the query language JSONata, only JSONPath at /States/A/QueryLanguage",
                "{'StartAt':'A','States':{'A':{'Type':'Map','End':true,'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED'},'StartAt':'B','States':{'B':{'Type':'Succeed'}}}}}} | SCHEMA_VALIDATION_FAILED: The simulator does not know the mode DISTRIBUTED, only INLINE at /States/A/ItemProcessor/ProcessorConfig/Mode",
            })
    void refusesWhatIsNoDefinition(String definition, String message) {
        assertThat(messageOf(() -> aws.client()
                        .createStateMachine(r -> r.name("m")
                                .definition(quoted(definition))
                                .roleArn("arn:aws:iam::123456789012:role/r"))))
                .startsWith("Invalid State Machine Definition: '" + message);
    }

    private String choose(String rule, String value) {
        return run(
                        quoted("{'StartAt': 'C', 'States': {'C': {'Type': 'Choice', 'Choices': [" + rule + "],"
                                + "'Default': 'No'}, 'Yes': {'Type': 'Pass', 'Result': 'yes', 'End': true},"
                                + "'No': {'Type': 'Pass', 'Result': 'no', 'End': true}}}"),
                        quoted("{'v': " + value + ", 'other': 'o', 'number': 5, 'flag': true}"))
                .output();
    }

    private ExecutionView pass(String fields, String input) {
        return run(quoted("{'StartAt':'P','States':{'P':{'Type':'Pass', " + fields + " 'End':true}}}"), quoted(input));
    }

    private ExecutionView run(String definition, String input) {
        String arn = aws.run(definition, input);
        aws.passSeconds(10);
        return aws.world().execution(arn);
    }

    /** Quotes as JSON has them, unless the text has some already. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        boolean inside = false;
        for (char c : text.toCharArray()) {
            if (c == '"') {
                inside = !inside;
            }
            quoted.append(c == '\'' && !inside ? '"' : c);
        }
        return quoted.toString();
    }
}
