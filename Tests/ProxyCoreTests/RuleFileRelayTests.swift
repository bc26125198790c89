import IMAPSession
import ProxyCore
import RuleEngine
import Testing
import Traffic

/// Rules of a file, what peers send through a connection, and what they get.
struct RelayedFile: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var rules: String
    /// In turn: of the client, of the server.
    var sent: [(Direction, String)]
    var client: String
    var server: String

    /// - Parameters:
    ///   - client: what the server gets.
    ///   - server: what the client gets.
    init(
        _ description: String,
        _ rules: String,
        _ sent: [(Direction, String)],
        client: String = "",
        server: String = ""
    ) {
        self.testDescription = description
        self.rules = "version: 1\nrules:\n  - {name: r, \(rules)}\n"
        self.sent = sent
        self.client = client
        self.server = server
    }

    func options() throws -> ProxyOptions {
        let files = RuleAttachments(
            secret: { (_) throws(RuleAttachments.Refusal) in Secret("s3cret") },
            octets: { (_, _) throws(RuleAttachments.Refusal) in [] }
        )
        let rules = RuleSet(try RuleFile(path: "r.yaml", parsing: self.rules, files: files).rules)
        var options = ProxyOptions(wireRules: { rules.wire(for: $0.connection) })
        options.neverOfferSTARTTLS()
        return options
    }

    /// Feeds each piece cut after every `step` octets, or once at `cut`.
    func play(cut: Int? = nil, step: Int? = nil) throws -> (client: String, server: String) {
        var play = Playbook(try self.options())
        _ = play.server("* OK hi\r\n")
        _ = play.took(.server)
        for (direction, text) in self.sent {
            if let cut {
                play.feed(text, cut: cut, direction)
            } else {
                let octets = Array(text.utf8)
                let step = step ?? octets.count
                for start in stride(from: 0, to: octets.count, by: step) {
                    _ = play.receive(Array(octets[start..<min(start + step, octets.count)]), from: direction)
                }
            }
        }
        return (play.took(.client), play.took(.server))
    }
}

@Suite struct `Rules of a file, carried out by a connection` {
    @Test(arguments: [
        RelayedFile(
            "a literal is exchanged",
            "when: response.name == FETCH, do: [{literal: {replace-with: hello world}}]",
            [(.server, "* 1 FETCH (BODY[] {5}\r\nhello UID 7)\r\n* 2 EXISTS\r\n")],
            server: "* 1 FETCH (BODY[] {11}\r\nhello world UID 7)\r\n* 2 EXISTS\r\n"
        ),
        RelayedFile(
            "a literal is masked",
            "when: response.name == FETCH, do: [{literal: {fill: '*'}}]",
            [(.server, "* 1 FETCH (BODY[] {5}\r\nhello UID 7)\r\n* 2 EXISTS\r\n")],
            server: "* 1 FETCH (BODY[] {5}\r\n***** UID 7)\r\n* 2 EXISTS\r\n"
        ),
        RelayedFile(
            "a literal is cut short",
            "when: response.name == FETCH, do: [{literal: {truncate: 2}}]",
            [(.server, "* 1 FETCH (BODY[] {5}\r\nhello UID 7)\r\n* 2 EXISTS\r\n")],
            server: "* 1 FETCH (BODY[] {2}\r\nhe UID 7)\r\n* 2 EXISTS\r\n"
        ),
        RelayedFile(
            "a literal is lengthened",
            "when: response.name == FETCH, do: [{literal: {lengthen: 2}}]",
            [(.server, "* 1 FETCH (BODY[] {5}\r\nhello UID 7)\r\n* 2 EXISTS\r\n")],
            server: "* 1 FETCH (BODY[] {7}\r\nhello   UID 7)\r\n* 2 EXISTS\r\n"
        ),
        RelayedFile(
            "an upload is exchanged",
            "when: request.command == APPEND, do: [{literal: {replace-with: new}}]",
            [(.client, "a APPEND x {5+}\r\nhello\r\nb NOOP\r\n")],
            client: "a APPEND x {3+}\r\nnew\r\nb NOOP\r\n"
        ),
        RelayedFile(
            "a name in a literal",
            "do: [{rename-mailbox: {from: Archive, to: Old}}]",
            [(.client, "a SELECT {3+}\r\nOld\r\nb NOOP\r\n"), (.server, "* LIST () \"/\" Archive/x\r\n")],
            client: "a SELECT {7+}\r\nArchive\r\nb NOOP\r\n",
            server: "* LIST () \"/\" Old/x\r\n"
        ),
        RelayedFile(
            "a command is answered, its literal swallowed",
            "when: request.command == APPEND, do: [{answer: NO no}]",
            [(.client, "a APPEND x {5+}\r\nhello\r\nb NOOP\r\n")],
            client: "b NOOP\r\n",
            server: "a NO no\r\n"
        ),
        RelayedFile(
            "LITERAL+ is hidden and used",
            "do: [{hide: [LITERAL+]}]",
            [(.server, "* CAPABILITY IMAP4rev1 LITERAL+ X\r\n"), (.client, "a SELECT {1+}\r\nx\r\nb NOOP\r\n")],
            client: "b NOOP\r\n",
            server: "* CAPABILITY IMAP4rev1 X\r\na BAD non-synchronizing literals are not supported\r\n"
        ),
        RelayedFile(
            "responses of the session's own lie in literals",
            "when: response.name == EXISTS, do: [drop]",
            [(.server, "* 1 FETCH (BODY[] {12}\r\n* 1 EXISTS\r\n)\r\n* 1 EXISTS\r\n* 2 RECENT\r\n")],
            server: "* 1 FETCH (BODY[] {12}\r\n* 1 EXISTS\r\n)\r\n* 2 RECENT\r\n"
        ),
        RelayedFile(
            "a login is exchanged",
            "do: [{credentials: {user: ann, password: {from-file: x}, mechanism: login}}]",
            [(.client, "a LOGIN {3+}\r\njoe {2+}\r\nno\r\n")],
            client: "a LOGIN \"ann\" \"s3cret\"\r\n"
        ),
    ])
    func `come out the same however the octets are cut`(file: RelayedFile) throws {
        let longest = file.sent.map(\.1.utf8.count).max() ?? 0
        for (client, server) in try (1..<longest).map({ try file.play(cut: $0) })
            + [try file.play(), try file.play(step: 1), try file.play(step: 3)]
        {
            #expect(client == file.client)
            #expect(server == file.server)
        }
    }

    @Test func `a login by synchronizing literals is exchanged, and nothing of the client's leaves`() throws {
        let file = RelayedFile(
            "",
            "do: [{credentials: {user: ann, password: {from-file: x}, mechanism: login}}]",
            []
        )
        var play = Playbook(try file.options())
        _ = play.server("* OK hi\r\n")
        _ = play.took(.server)
        _ = play.client("a LOGIN {3}\r\n")
        #expect(play.took(.client) == "")
        #expect(play.took(.server).hasPrefix("+ "))
        _ = play.client("joe {2}\r\n")
        #expect(play.took(.client) == "")
        #expect(play.took(.server).hasPrefix("+ "))
        _ = play.client("no\r\n")
        #expect(play.took(.client) == "a LOGIN \"ann\" \"s3cret\"\r\n")
        _ = play.server("a OK in\r\n")
        #expect(play.took(.server) == "a OK in\r\n")
    }

    @Test func `a login too long to be held ends its session, whatever the limit says`() throws {
        let file = RelayedFile("", "do: [{credentials: {password: {from-file: x}}}]", [])
        var options = try file.options()
        options.holdLimit = 1_024
        var play = Playbook(options)
        _ = play.server("* OK hi\r\n")
        _ = play.client("a LOGIN joe {5000}\r\n")
        _ = play.server("+ go on\r\n")
        _ = play.client(String(repeating: "x", count: 5_000) + "\r\n")
        #expect(!play.took(.client).contains("LOGIN"))
        #expect(play.took(.server).contains("* BYE"))
    }
}
