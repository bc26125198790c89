import RuleEngine
import Testing

@Suite struct `Faults` {
    private static let noop = ["C: a NOOP", "S: * 1 EXISTS", "S: * 2 EXPUNGE", "S: a OK done"]
    private static let fetch = ["S: * 1 FETCH (BODY[] {5}\\r\\nhello)", "S: * 2 EXISTS"]

    @Test(arguments: [
        Relay("a completion is lost", when: "kind == tagged", "drop", noop, Array(noop.dropLast())),
        Relay("a response is lost", when: "response.name == EXISTS", "drop", noop, [noop[0], noop[2], noop[3]]),
        Relay(
            "a response comes twice",
            when: "response.name == EXISTS",
            "duplicate",
            noop,
            [noop[0], noop[1], noop[1], noop[2], noop[3]]
        ),
        Relay(
            "a response comes late",
            when: "response.name == EXISTS",
            "reorder",
            noop,
            [noop[0], noop[2], noop[1], noop[3]]
        ),
        Relay(
            "a tag of nobody",
            when: "kind == tagged",
            "wrong-tag: x9",
            noop,
            Array(noop.dropLast()) + ["S: x9 OK done"]
        ),
        Relay(
            "closed in a literal",
            when: "response.name == FETCH",
            "cut: {after: 2, in: literal}",
            fetch,
            ["S: * 1 FETCH (BODY[] {5}\\r\\nhe", "S: (close)"]
        ),
        Relay(
            "half-closed in a literal, while the client goes on",
            when: "response.name == FETCH",
            "cut: {after: 2, in: literal, by: half-close}",
            fetch + ["C: a NOOP"],
            ["S: * 1 FETCH (BODY[] {5}\\r\\nhe", "S: (half-close)", "C: a NOOP"]
        ),
        Relay(
            "stalled in a literal",
            when: "response.name == FETCH",
            "stall: {after: 1, in: literal}",
            fetch + ["C: a NOOP"],
            ["S: * 1 FETCH (BODY[] {5}\\r\\nh", "S: (stall)", "C: a NOOP"]
        ),
        Relay("stalled at once", when: "response.name == FETCH", "stall", fetch, ["S: (stall)"].map { $0 }),
        Relay("reset in a line", when: "response.name == FETCH", "reset: 4", fetch, ["S: * 1 ", "S: (reset)"]),
        Relay(
            "a place behind the end is never reached",
            when: "response.name == FETCH",
            "reset: 4kB",
            fetch,
            fetch
        ),
        Relay(
            "a message without a literal has no place in one",
            when: "response.name == EXISTS",
            "reset: {in: literal}",
            fetch,
            fetch
        ),
        Relay(
            "late, slow and in pieces",
            when: "response.name == EXISTS",
            "{delay: 200ms}, {bandwidth: 1kB}, {slice: {octets: 1, pause: 10ms}}",
            ["S: * 1 EXISTS"],
            ["S: (after 200 ms, 1 octets a write, 10 ms between writes, 1000 octets a second)", "S: * 1 EXISTS"]
        ),
        Relay(
            "a literal replaced by a longer one, and cut in that",
            rules: """
                  - {name: one, when: response.name == FETCH, do: [{literal: {replace-with: hello world}}]}
                  - {name: two, when: response.name == FETCH, do: [{cut: {after: 2, in: literal}}]}

                """,
            fetch,
            ["S: * 1 FETCH (BODY[] {11}\\r\\nhe", "S: (close)"]
        ),
    ])
    func `happen where the rule says`(relay: Relay) throws { try relay.check() }

    @Test(arguments: [
        ("{nth: 2}", [1, 3, 4, 5, 6]), ("{first: 2}", [3, 4, 5, 6]), ("{every: 3}", [1, 2, 4, 5]),
        ("{once: session}", [2, 3, 4, 5, 6]), ("{probability: 1, seed: 1}", []),
        ("{probability: 0, seed: 1}", [1, 2, 3, 4, 5, 6]),
    ])
    func `happen as often as the limit says`(limit: String, left: [Int]) throws {
        try Relay(
            "",
            when: "response.name == EXISTS",
            limit: limit,
            "drop",
            (1...6).map { "S: * \($0) EXISTS" },
            left.map { "S: * \($0) EXISTS" }
        ).check()
    }

    /// The differences that an example finds between "everything" and what is left: the same octets, the same text.
    private static func lost(_ seed: Int) throws -> [String] {
        let all = (1...40).map { "S: * \($0) EXISTS" }
        let relay = Relay(
            "",
            when: "response.name == EXISTS",
            limit: "{probability: 0.5, seed: \(seed)}",
            "drop",
            all,
            all
        )
        let file = try RuleFile(path: "r.yaml", parsing: relay.text)
        return try #require(file.examples.first).run(file.rules).map(\.description)
    }

    @Test func `by chance are the same in every run with the same seed`() throws {
        let first = try Self.lost(7)
        #expect(try Self.lost(7) == first)
        #expect(try Self.lost(8) != first)
    }
}
