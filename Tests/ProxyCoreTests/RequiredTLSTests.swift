import IMAPSession
import ProxyCore
import Testing
import Traffic

@Suite struct `Required STARTTLS` {
    private static func greeted(held: Int = 65_536) -> Playbook {
        var options = ProxyOptions(client: .starttls(.required))
        options.heldOctets = held
        var play = Playbook(options)
        _ = play.server("* OK hi\r\n")
        _ = play.took(.server)
        return play
    }

    private static let answer = "a NO [PRIVACYREQUIRED] imapscope: STARTTLS first\r\n"

    static let logins = [
        "a LOGIN joe s3cret!\r\n", "a login \"joe\" \"s3cret!\"\r\n", "a LOGIN joe {7+}\r\ns3cret!\r\n",
        "a LOGIN {3+}\r\njoe {7+}\r\ns3cret!\r\n", "a AUTHENTICATE PLAIN AGpvZQBzM2NyZXQh\r\n",
        "a AUTHENTICATE PLAIN\r\n", "a  LOGIN joe s3cret!\n", "a LOGIN joe {7}\r\n",
        "a AUTHENTICATE {5+}\r\nPLAIN\r\n", "a LOGIN\r\n",
    ]

    @Test(arguments: logins) func `answers a login in the clear and passes nothing on`(login: String) {
        let octets = Array(login.utf8)
        for cut in 0...octets.count {
            var play = Self.greeted()
            _ = play.receive(Array(octets[..<cut]), from: .client)
            _ = play.receive(Array(octets[cut...]), from: .client)
            #expect(play.took(.client) == "", "cut at \(cut)")
            #expect(play.took(.server) == Self.answer, "cut at \(cut)")
            #expect(play.recorder.findings.map(\.id).contains("credentials-before-tls"))
            #expect(!play.recorder.edits.contains { $0.before.contains("s3cret") || $0.before.contains("AGpv") })
            _ = play.client("b NOOP\r\n")
            #expect(play.took(.client) == "b NOOP\r\n", "cut at \(cut)")
            _ = play.client("c STARTTLS\r\n")
            _ = play.server("b OK\r\n")
            _ = play.established(.client)
            _ = play.client("d LOGIN joe s3cret!\r\n")
            #expect(play.took(.client) == "d LOGIN joe s3cret!\r\n")
        }
    }

    @Test func `swallows a literal of any size without keeping it`() {
        var play = Self.greeted(held: 1_000)
        _ = play.client("a LOGIN joe {100000+}\r\n")
        for _ in 0..<100 { _ = play.client(String(repeating: "x", count: 1_000)) }
        _ = play.client("\r\nb NOOP\r\n")
        #expect(play.took(.client) == "b NOOP\r\n")
        #expect(play.took(.server) == Self.answer)
        _ = play.server("* CAPABILITY IMAP4rev1\r\nb OK\r\n")
        #expect(play.took(.server) == "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\nb OK\r\n")
    }

    @Test func `swallows responses that nobody asked for`() {
        var play = Self.greeted()
        _ = play.client("a AUTHENTICATE PLAIN\r\nAGpvZQBzM2NyZXQh\r\nb NOOP\r\n")
        #expect(play.took(.client) == "b NOOP\r\n")
        #expect(play.took(.server) == Self.answer + "* BAD imapscope: not a command\r\n")
        #expect(play.recorder.edits.allSatisfy { !$0.before.contains("AGpv") })
    }

    @Test func `swallows the response when a challenge slips in before the answer`() {
        var play = Self.greeted()
        _ = play.server("* OK half")
        _ = play.client("a AUTHENTICATE PLAIN\r\nAGpvZQBzM2NyZXQh\r\n")
        _ = play.server(" a line\r\n+ \r\n")
        #expect(play.took(.client) == "")
    }

    @Test func `lets the beginning of a login go nowhere when the client closes`() {
        var play = Self.greeted()
        _ = play.client("a NOOP\r\nb LOGIN joe s3cr")
        #expect(play.closed(.client).last == .act(.closeOutput(.client)))
        #expect(play.took(.client) == "a NOOP\r\n")
    }

    @Test func `lets other commands and their literals through`() {
        var play = Self.greeted()
        _ = play.client("a ID (\"name\" {3}\r\n")
        _ = play.server("+ go\r\n")
        _ = play.client("foo)\r\n\r\nb CAPABILITY\r\n")
        #expect(play.took(.client) == "a ID (\"name\" {3}\r\nfoo)\r\n\r\nb CAPABILITY\r\n")
    }

    @Test func `ends a connection that greets with PREAUTH`() {
        var play = Playbook(ProxyOptions(client: .starttls(.required)))
        #expect(play.server("* PREAUTH hi\r\n* 1 EXISTS\r\n").last == .act(.close))
        #expect(play.took(.server).hasPrefix("* BYE [UNAVAILABLE] imapscope: "))
        #expect(play.recorder.findings.map(\.id).last == "preauth-before-client-tls")
    }

    @Test func `ends a connection that can no longer be read`() {
        var play = Self.greeted()
        var fresh = Playbook(ProxyOptions(client: .starttls(.required)))
        #expect(fresh.client("\u{16}\r\na LOGIN joe s3cret!\r\n").last == .act(.close))
        #expect(fresh.took(.client) == "")
        _ = play.client("a COMPRESS DEFLATE\r\n")
        _ = play.server("a OK\r\n")
        #expect(play.receive([0xFF, 0xFF, 0xFF], from: .client).last == .act(.close))
        #expect(play.recorder.findings.map(\.id).last == "unreadable-before-client-tls")
    }
}
