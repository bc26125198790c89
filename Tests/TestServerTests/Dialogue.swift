import SASL
import Testing
import Traffic

@testable import TestServer

/// A transcript as a test: lines that begin with `C: ` are sent, those with `S: ` must come, in this order.
struct Dialogue: Sendable, CustomTestStringConvertible {
    var title: String
    var text: String

    init(_ title: String, _ text: String) {
        self.title = title
        self.text = text
    }

    var testDescription: String { self.title }

    /// Plays the transcript against `server` and compares each answer.
    func play(on server: inout TestServer, sourceLocation: SourceLocation = #_sourceLocation) {
        var sent = ""
        var expected: [String] = []
        func check() {
            let received = server.say(sent)
            #expect(received.lines == expected, "after \(sent)", sourceLocation: sourceLocation)
            (sent, expected) = ("", [])
        }
        for line in self.text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("C: ") {
                if !expected.isEmpty { check() }
                sent += line.dropFirst(3) + "\r\n"
            } else if line.hasPrefix("S: ") {
                expected.append(String(line.dropFirst(3)))
            }
        }
        check()
    }
}

extension String {
    /// Split at CR LF; the last line end is none of its own.
    var lines: [String] {
        guard !self.isEmpty else { return [] }
        var lines: [String] = []
        var line: [UInt8] = []
        for octet in self.utf8 {
            line.append(octet)
            if line.suffix(2) == [0x0D, 0x0A] {
                lines.append(String(decoding: line.dropLast(2), as: UTF8.self))
                line = []
            }
        }
        return line.isEmpty ? lines : lines + [String(decoding: line, as: UTF8.self)]
    }
}

extension TestServer {
    /// Sends text and returns the answer.
    mutating func say(_ text: String) -> String {
        String(decoding: self.hear(Array(text.utf8)).octets, as: UTF8.self)
    }

    mutating func hear(_ octets: [UInt8]) -> (octets: [UInt8], close: Bool) {
        self.receive(octets.span.bytes)
    }
}

enum Fixture {
    static func users() throws -> PasswordFile {
        try PasswordFile(parsing: Array("drichards:My_P@ssword1\nann:tanstaaftanstaaf\n".utf8))
    }

    /// A configuration without misbehaviours.
    static func configuration() throws -> ServerConfiguration {
        var configuration = TutorialMail.configuration(users: try self.users())
        configuration.misbehaviours = []
        return configuration
    }

    static func store() -> MailStore {
        MailStore(accounts: ["drichards": TutorialMail.account(), "ann": self.small()])
    }

    /// INBOX with two short messages.
    static func small() -> Account {
        var account = Account()
        var inbox = Mailbox(uidValidity: 7, uidNext: 10)
        let date = DateTime(Timestamp(seconds: 1_570_000_000))
        inbox.append(Array("From: Ann <ann@example.org>\r\nSubject: one\r\n\r\nfirst\r\n".utf8), date: date)
        inbox.append(Array("Subject: two\r\n\r\nsecond\r\n".utf8), flags: FlagSet(["\\Seen"]), date: date)
        inbox.forgetRecent()
        account["INBOX"] = inbox
        return account
    }

    /// A greeted server.
    static func server(
        _ misbehaviours: [String] = [],
        store: MailStore? = nil,
        change: (inout ServerConfiguration) -> Void = { _ in }
    ) throws -> TestServer {
        var configuration = try self.configuration()
        for line in misbehaviours { configuration.misbehaviours.append(try Misbehaviour(parsing: line)) }
        change(&configuration)
        var server = TestServer(
            configuration: configuration,
            store: store ?? self.store(),
            now: Timestamp(seconds: 1_763_892_000)
        )
        _ = server.connected()
        return server
    }

    /// A server on which `ann` is logged in and, if asked, has selected INBOX.
    static func session(
        _ misbehaviours: [String] = [],
        store: MailStore? = nil,
        selects: Bool = true,
        change: (inout ServerConfiguration) -> Void = { _ in }
    ) throws -> TestServer {
        var server = try self.server(misbehaviours, store: store, change: change)
        let login = server.say("l login ann tanstaaftanstaaf\r\n")
        try #require(login.hasPrefix("l OK"))
        if selects { try #require(server.say("s select inbox\r\n").contains("s OK")) }
        return server
    }
}
