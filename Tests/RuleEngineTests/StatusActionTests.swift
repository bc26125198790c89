import RuleEngine
import Testing

@Suite struct `Actions on status responses` {
    @Test(arguments: [
        Relay(
            "a refusal with a code",
            when: "command == NOOP",
            "status: {as: NO, code: INUSE, text: later}",
            ["C: a NOOP", "S: a OK done"],
            ["C: a NOOP", "S: a NO [INUSE] later"]
        ),
        Relay(
            "another word, the same text",
            when: "command == NOOP",
            "status: BAD",
            ["C: a NOOP", "S: a OK [ALERT] done"],
            ["C: a NOOP", "S: a BAD done"]
        ),
        Relay(
            "a line without text gets some",
            when: "command == NOOP",
            "status: {as: NO, code: LIMIT}",
            ["C: a NOOP", "S: a OK"],
            ["C: a NOOP", "S: a NO [LIMIT] NO"]
        ),
        Relay(
            "BYE has no tag and takes the completion's place",
            when: "command == NOOP",
            "status: {as: BYE, code: UNAVAILABLE, text: gone}",
            ["C: a NOOP", "S: a OK done"],
            ["C: a NOOP", "S: * BYE [UNAVAILABLE] gone"]
        ),
        Relay(
            "an untagged one",
            when: "kind == untagged",
            "status: {as: BYE}",
            ["S: * OK still here", "S: * 1 EXISTS"],
            ["S: * BYE still here", "S: * 1 EXISTS"]
        ),
    ])
    func `status sets the outcome`(relay: Relay) throws { try relay.check() }

    @Test(arguments: [
        Relay(
            "set where there is none",
            when: "kind == tagged",
            "code: NOPERM",
            ["C: a NOOP", "S: a NO no"],
            ["C: a NOOP", "S: a NO [NOPERM] no"]
        ),
        Relay(
            "exchanged",
            when: "kind == untagged",
            "code: UIDVALIDITY 7",
            ["S: * OK [UIDVALIDITY 1] valid"],
            ["S: * OK [UIDVALIDITY 7] valid"]
        ),
        Relay("removed", when: "kind == untagged", "code: none", ["S: * OK [ALERT] hey"], ["S: * OK hey"]),
        Relay(
            "removed from a line that is nothing else",
            when: "kind == untagged",
            "code: none",
            ["S: * OK [HIGHESTMODSEQ 1]"],
            ["S: * OK OK"]
        ),
        Relay("none to remove", when: "kind == untagged", "code: none", ["S: * OK hey"], ["S: * OK hey"]),
        Relay(
            "with the text",
            when: "kind == untagged",
            "{code: ALERT}, {text: other words}",
            ["S: * NO [TRYCREATE] words"],
            ["S: * NO [ALERT] other words"]
        ),
        Relay(
            "a code with a bracket in a flag",
            when: "kind == untagged",
            "code: none",
            ["S: * OK [PERMANENTFLAGS (\\Seen [x] \\*)] yes"],
            ["S: * OK yes"]
        ),
    ])
    func `code and text change their part`(relay: Relay) throws { try relay.check() }

    @Test(arguments: [
        Relay(
            "with data and a completion",
            when: "request.command == NOOP",
            "answer: {untagged: [\"* 7 EXISTS\"], tagged: 'OK [ALERT] mine'}",
            ["C: a NOOP", "C: b NOOP", "C: c CHECK"],
            ["S: * 7 EXISTS", "S: a OK [ALERT] mine", "S: * 7 EXISTS", "S: b OK [ALERT] mine", "C: c CHECK"]
        ),
        Relay(
            "with a literal in the data",
            when: "request.command == FETCH",
            "answer: {untagged: ['* 1 FETCH (BODY[] {5}\\r\\nhello)'], tagged: OK done}",
            ["C: a FETCH 1 BODY[]"],
            ["S: * 1 FETCH (BODY[] {5}\\r\\nhello)", "S: a OK done"]
        ),
        Relay(
            "a command with literals",
            when: "request.command == APPEND",
            "answer: 'NO [NOPERM] no'",
            ["C: a APPEND x {5}\\r\\nhello {3+}\\r\\nabc", "C: b NOOP"],
            ["S: a NO [NOPERM] no", "C: b NOOP"]
        ),
        Relay(
            "not at all",
            when: "request.command == NOOP",
            "answer: {tagged: none}",
            ["C: a NOOP", "C: b CHECK"],
            ["C: b CHECK"]
        ),
    ])
    func `answer speaks for the server, which gets nothing of the command`(relay: Relay) throws { try relay.check() }

    @Test(arguments: [
        Relay(
            "behind a completion",
            when: "command == NOOP and kind == tagged",
            "inject: ['* 3 EXISTS', '* 1 RECENT']",
            ["C: a NOOP", "S: a OK done"],
            ["C: a NOOP", "S: a OK done", "S: * 3 EXISTS", "S: * 1 RECENT"]
        ),
        Relay(
            "before it",
            when: "command == NOOP and kind == tagged",
            "inject: {untagged: '* 3 EXISTS', at: before}",
            ["C: a NOOP", "S: a OK done"],
            ["C: a NOOP", "S: * 3 EXISTS", "S: a OK done"]
        ),
        Relay(
            "behind a command",
            when: "request.command == NOOP",
            "inject: '* 3 EXISTS'",
            ["C: a NOOP"],
            ["C: a NOOP", "S: * 3 EXISTS"]
        ),
        Relay(
            "by two rules, in their order",
            rules: """
                  - {name: one, when: kind == tagged, do: [{inject: '* 1 EXISTS'}]}
                  - {name: two, when: kind == tagged, do: [{inject: '* 2 EXISTS'}]}

                """,
            ["C: a NOOP", "S: a OK done"],
            ["C: a NOOP", "S: a OK done", "S: * 1 EXISTS", "S: * 2 EXISTS"]
        ),
    ])
    func `inject adds data of its own`(relay: Relay) throws { try relay.check() }

    @Test(arguments: [
        Relay(
            "SELECT",
            when: "request.command == SELECT",
            "command: examine",
            ["C: a SELECT {1+}\\r\\nx"],
            ["C: a EXAMINE {1+}\\r\\nx"]
        ),
        Relay(
            "UID COPY",
            when: "request.command == COPY",
            "command: MOVE",
            ["C: a UID COPY 1 x"],
            ["C: a UID MOVE 1 x"]
        ),
    ])
    func `command puts another in its place`(relay: Relay) throws { try relay.check() }
}
