import IMAPProtocol
import Testing

@testable import TestServer

@Suite struct MisbehaviourTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var script: String
        var command: String
        var answer: String
        var closes = false

        var testDescription: String { self.script }
    }

    static let cases = [
        Case(script: "NOOP: wrong-tag zz", command: "a NOOP\r\n", answer: "zz OK Nothing done\r\n"),
        Case(
            script: "NOOP: stray-answer zz",
            command: "a NOOP\r\n",
            answer: "zz OK Nobody asked\r\na OK Nothing done\r\n"
        ),
        Case(
            script: "*: answer-twice",
            command: "a CHECK\r\n",
            answer: "a OK Check completed\r\na OK Check completed\r\n"
        ),
        Case(script: "SEARCH: drop-answer", command: "a SEARCH 1\r\n", answer: "* SEARCH 1\r\n"),
        Case(
            script: "NOOP: garbage \\x00\\xff\\\\\\r\\n",
            command: "a NOOP\r\n",
            answer: "\0\u{FFFD}\\\r\na OK Nothing done\r\n"
        ),
        Case(
            script: "FETCH: literal-size 5",
            command: "a FETCH 2 BODY[TEXT]\r\n",
            answer: "* 2 FETCH (BODY[TEXT] {13}\r\nsecond\r\n)\r\na OK Fetch completed\r\n"
        ),
        Case(
            script: "UID FETCH: literal-size -3",
            command: "a UID FETCH 11 BODY[TEXT]\r\n",
            answer: "* 2 FETCH (UID 11 BODY[TEXT] {5}\r\nsecond\r\n)\r\na OK Fetch completed\r\n"
        ),
        Case(
            script: "FETCH: bare-lf",
            command: "a FETCH 2 BODY[TEXT]\r\n",
            answer: "* 2 FETCH (BODY[TEXT] {8}\nsecond\r\n)\na OK Fetch completed\n"
        ),
        Case(
            script: "FETCH: close-in-literal",
            command: "a FETCH 2 BODY[TEXT]\r\n",
            answer: "* 2 FETCH (BODY[TEXT] {8}\r\nseco",
            closes: true
        ),
        Case(script: "NOOP: untagged 5 EXISTS", command: "a NOOP\r\n", answer: "* 5 EXISTS\r\na OK Nothing done\r\n"),
        Case(
            script: "STORE: answer NO [SERVERBUG] no luck",
            command: "a STORE 1 +FLAGS (x)\r\n",
            answer: "a NO [SERVERBUG] no luck\r\n"
        ),
        Case(script: "NOOP: answer BAD", command: "a NOOP\r\n", answer: "a BAD As the script says\r\n"),
        Case(script: "APPEND: refuse-literal", command: "a APPEND INBOX {3}\r\n", answer: "a NO Literal refused\r\n"),
        Case(
            script: "APPEND: answer-before-literal",
            command: "a APPEND INBOX {3}\r\nabc\r\n",
            answer: "+ Ready for literal\r\na OK Done already\r\n"
        ),
        Case(script: "NOOP: continuation", command: "a NOOP\r\n", answer: "+ go on\r\na OK Nothing done\r\n"),
        Case(
            script: "NOOP: bye",
            command: "a NOOP\r\nb NOOP\r\n",
            answer: "* BYE The script says so\r\n",
            closes: true
        ),
        Case(script: "NOOP: raw * 3 EXISTS\\r\\nzz OK\\r\\n", command: "a NOOP\r\n", answer: "* 3 EXISTS\r\nzz OK\r\n"),
        Case(
            script: "IDLE: wrong-tag zz",
            command: "a IDLE\r\nDONE\r\n",
            answer: "+ idling\r\nzz OK Idle completed\r\n"
        ),
    ]

    @Test(arguments: cases)
    func `the server misbehaves as its script says`(_ item: Case) throws {
        var server = try Fixture.session([item.script])
        let answer = server.hear(Array(item.command.utf8))
        #expect(String(decoding: answer.octets, as: UTF8.self) == item.answer)
        #expect(answer.close == item.closes)
    }

    @Test func `the framing of later commands survives`() throws {
        var server = try Fixture.session(["APPEND: answer-before-literal"])
        _ = server.say("a APPEND INBOX {3}\r\nabc\r\n")
        // The message was stored all the same, and the client learns of it with the next answer.
        #expect(server.say("n NOOP\r\n").lines == ["* 3 EXISTS", "* 1 RECENT", "n OK Nothing done"])
    }

    @Test func `an occurrence picks one command of several`() throws {
        var server = try Fixture.session(["NOOP#2: wrong-tag zz", "UID FETCH#1: drop-answer"])
        #expect(server.say("a NOOP\r\nb NOOP\r\nc NOOP\r\n").lines == ["a", "zz", "c"].map { "\($0) OK Nothing done" })
        #expect(server.say("d FETCH 1 UID\r\n").contains("d OK"))
        #expect(!server.say("e UID FETCH 10 UID\r\n").contains("e OK"))
        #expect(server.say("f UID FETCH 10 UID\r\n").contains("f OK"))
    }

    static let greetings: [(String, String, Bool)] = [
        ("greeting: drop-answer", "", false),
        ("greeting: wrong-tag a1", "a1 OK ready\r\n", false),
        ("greeting: bye", "* BYE The script says so\r\n", true),
        ("greeting: raw 220 smtp\\r\\n", "220 smtp\r\n", false),
        ("greeting: bare-lf", "* OK ready\n", false),
        ("greeting: garbage \\x16\\x03\\x01", "\u{16}\u{3}\u{1}* OK ready\r\n", false),
    ]

    @Test(arguments: greetings.indices)
    func `the greeting misbehaves`(_ index: Int) throws {
        let (script, expected, closes) = Self.greetings[index]
        var configuration = try Fixture.configuration()
        configuration.greeting = .ok("ready")
        configuration.greetsWithCapabilities = false
        configuration.misbehaviours = [try Misbehaviour(parsing: script)]
        var server = TestServer(configuration: configuration, store: Fixture.store())
        #expect(String(decoding: server.connected(), as: UTF8.self) == expected)
        #expect(server.isClosed == closes)
    }

    @Test(arguments: ["a LOGIN ann tanstaaftanstaaf\r\n", "a AUTHENTICATE PLAIN AGFubgB0YW5zdGFhZnRhbnN0YWFm\r\n"])
    func `a password is repeated in the error text`(_ command: String) throws {
        var server = try Fixture.server(["LOGIN: echo-password", "AUTHENTICATE: echo-password"])
        let answer = server.say(command)
        #expect(answer.hasPrefix("a NO [AUTHENTICATIONFAILED] Cannot log in with "))
        #expect(answer.hasSuffix("tanstaaftanstaaf\r\n"))
        #expect(server.user == nil)
        #expect(server.proof == nil)
    }

    @Test func `without the script no answer repeats a password`() throws {
        var server = try Fixture.server()
        #expect(!server.say("a LOGIN ann swordfish\r\n").contains("swordfish"))
        #expect(server.proof == nil)
    }

    static let errors: [(String, MisbehaviourError)] = [
        ("NOOP", .missingColon),
        ("NOOP#0: bye", .badOccurrence("NOOP#0")),
        ("NOOP: explode", .unknownEffect("explode")),
        ("NOOP: wrong-tag", .badArgument(effect: "wrong-tag", argument: "")),
        ("NOOP: literal-size many", .badArgument(effect: "literal-size", argument: "many")),
        ("NOOP: raw \\q", .badArgument(effect: "raw", argument: "\\q")),
        ("NOOP: answer PERHAPS", .badArgument(effect: "answer", argument: "PERHAPS")),
    ]

    @Test(arguments: errors.indices)
    func `a script that cannot be understood is refused`(_ index: Int) {
        #expect(throws: Self.errors[index].1) { try Misbehaviour(parsing: Self.errors[index].0) }
    }
}
