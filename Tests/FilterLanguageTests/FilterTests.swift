import FilterLanguage
import Testing

@Suite struct FilterTests {
    /// A filter, and the beginnings of what it lets through.
    @Test(arguments: [
        // Sessions
        ("session == 3 and kind == greeting", ["S: * OK [CAP"]),
        ("peer == 192.0.2.0/24 and kind == done", []),
        ("peer == 192.0.2.0/24 and tag == a6", ["C: a6", "S: a6"]),
        ("peer in {10.0.0.0/8, 192.0.2.7} and kind == greeting", ["S: * OK [CAP"]),
        ("server contains EXAMPLE && kind==greeting", ["S: * OK [CAP"]),
        ("peer.port > 50000 and kind == greeting", ["S: * OK [CAP"]),
        ("user == joe and tag == a1", ["S: a1 OK"]),
        ("user and tag == a1", ["S: a1 OK"]),
        ("user == Joe", []),
        ("mailbox == inbox and tag == a6", ["C: a6", "S: a6"]),
        ("state == selected and tag == a3", ["S: a3 OK"]),
        ("client.id == Lightning and status == NO", ["S: a5 NO"]),
        ("server.id contains Dove and status == BAD", ["S: a6 BAD"]),
        ("elapsed in {1s..2s}", ["S: * OK [CAP", "C: a1"]),
        ("upstream.leg == tls and kind == greeting", ["S: * OK [CAP"]),
        ("tls.version", []),
        ("tls.version < \"TLS 1.2\" or tls.version >= 1.3", []),
        ("listener == 127.0.0.0/8 and listener.port == 1143 and kind == greeting", ["S: * OK [CAP"]),
        ("listener == imap.example.org", []),
        ("status not in {OK, BAD} and status", ["S: a5 NO"]),
        ("imap.status eq no || imap.tag == a6 && ! status", ["S: a5 NO", "C: a6"]),
        // Messages
        ("direction == client and length > 50", ["C: a4 UID"]),
        ("isrequest and command == noop", []),
        ("command == fetch", ["C: a4", "S: * 5", "S: * 6", "S: a4 OK"]),
        ("request.command == FETCH", ["C: a4"]),
        ("command == frobnicate", ["C: a6", "S: a6 BAD"]),
        ("command.uid", ["C: a4"]),
        ("response.name in {exists, fetch}", ["S: * 23", "S: * 5", "S: * 6"]),
        ("status == no or status == bad", ["S: a5 NO", "S: a6 BAD"]),
        ("status != OK", ["S: a5 NO", "S: a6 BAD"]),
        ("not status and isrequest == false", ["S: * ID", "S: * 23", "S: * FLAGS", "S: * 5", "S: * 6"]),
        ("literal.size == 4", ["S: * 5"]),
        ("literals > 0", ["S: * 5"]),
        ("message == 2", ["C: a1"]),
        // Contents
        ("text contains \"Predicted next\"", ["S: * OK [UIDNEXT"]),
        ("text matches \"fetch \\(uid 10[56] \"", ["S: * 5", "S: * 6"]),
        ("text ~ '^a[35] '", ["C: a3", "S: a3 OK", "C: a5", "S: a5 NO"]),
        ("request matches \"^select\"", ["C: a3"]),
        ("request.tag == a3 or response.tag == a3", ["C: a3", "S: a3 OK"]),
        ("response contains \"23 EXISTS\"", ["S: * 23"]),
        ("code == uidnext", ["S: * OK [UIDNEXT"]),
        ("code in {TRYCREATE READ-WRITE}", ["S: a3 OK", "S: a5 NO"]),
        ("capability == AUTH=PLAIN", ["S: * OK [CAP"]),
        ("capability == uidplus", ["S: a1 OK"]),
        ("flag == \\deleted", ["S: * FLAGS", "S: * 6"]),
        ("flags contains Forward", ["S: * FLAGS"]),
        ("flag != \\Deleted", ["S: * 5"]),
        ("uid == 106", ["C: a4", "S: * 6"]),
        ("uid > 105 and direction == server", ["S: * 6"]),
        ("uid in {1..104, 106}", ["C: a4", "S: * 6"]),
        ("number == 23", ["S: * 23"]),
        ("folder == Zürich", ["C: a5"]),
        ("folder == INBOX", ["C: a3"]),
        ("item == ENVELOPE", ["C: a4", "S: * 5"]),
        ("item == BODY.PEEK[HEADER]", ["C: a4"]),
        ("subject == café", ["S: * 5"]),
        ("address == JOE@example.org", ["S: * 5"]),
        ("request.username == joe", ["C: a1"]),
        // Exchanges
        ("latency >= 4s", ["S: a3 OK"]),
        ("latency > 2500ms and latency < 3.5s", ["S: a4 OK"]),
        ("bytes > 200", ["S: a4 OK"]),
        ("exchange == 2", ["C: a2", "S: * ID", "S: a2 OK"]),
        ("exchange.status == NO", ["S: a5 NO"]),
        ("untagged == 3", ["S: a3 OK"]),
        ("response_to == 2", ["S: a1 OK"]),
        ("response_in and tag == a5", ["S: a5 NO"]),
        // Authentication and findings
        ("auth.mechanism == \"LOGIN command\"", ["S: a1 OK"]),
        ("auth.user == joe and auth.result == ok", ["S: a1 OK"]),
        ("auth.verified == false", []),
        ("severity >= high", []),
        // Operators
        ("not (isrequest or status) and number", ["S: * 23", "S: * 5", "S: * 6"]),
        ("! isrequest && (number==5||number==6)", ["S: * 5", "S: * 6"]),
        ("command eq FETCH and number gt 5 or number le 5 and number ge 5", ["S: * 5", "S: * 6"]),
        ("tag == \"a1\" or tag == 'a1'", ["C: a1", "S: a1 OK"]),
    ])
    func `a filter lets through what it says`(filter: String, beginnings: [String]) throws {
        let shown = try ScriptedSession.matches(filter, in: dialogue).filter { $0.contains(": ") }
        #expect(shown.count == beginnings.count, "\(shown)")
        for (line, beginning) in zip(shown, beginnings) { #expect(line.hasPrefix(beginning), "\(line)") }
    }

    @Test(arguments: [
        ("isrequest", "imap.isrequest"), ("tag == a4", "imap.tag == a4"),
        ("line contains EXISTS", "imap.line contains EXISTS"),
        ("request", "imap.request"), ("response", "imap.response"), ("request_tag == a2", "imap.request_tag == a2"),
        ("response_tag == a2", "imap.response_tag == a2"), ("command == ID", "imap.command == ID"),
        ("request.command == \"FETCH\"", "imap.request.command == \"FETCH\""),
        ("response.command == \"FETCH\"", "imap.response.command == \"FETCH\""),
        ("response.status == \"NO\"", "imap.response.status == \"NO\""),
        ("request.folder == INBOX", "imap.request.folder == INBOX"),
        ("request.command.uid == 1", "imap.request.command.uid == 1"),
        ("request.username == joe", "imap.request.username == joe"), ("response_in", "imap.response_in"),
        ("response_to", "imap.response_to"), ("time > 3", "imap.time > 3"),
    ])
    func `the fields of tshark are known with and without their prefix`(bare: String, prefixed: String) throws {
        let shown = try ScriptedSession.matches(bare, in: dialogue).filter { $0.contains(": ") }
        #expect(!shown.isEmpty)
        #expect(try ScriptedSession.matches(prefixed, in: dialogue).filter { $0.contains(": ") } == shown)
    }

    @Test func `a regular expression that backtracks without end is given up`() throws {
        let session = ScriptedSession(try Filter("text matches '(a+)+$'"))
        session.play("S: * OK \(String(repeating: "a", count: 4000))!\nC: a NOOP\nS: a OK a")
        #expect(session.shown == ["S: a OK a"])
        #expect(session.abandonedSearches == 1)
    }

    @Test func `a value with octets that are no text can still be searched`() throws {
        #expect(try ScriptedSession.matches("text matches 'caf. au'", in: "S: * OK \u{FF}café au lait").count == 1)
    }

    @Test func `an event without a message can match`() throws {
        #expect(try ScriptedSession.matches("elapsed == 2s and not kind", in: "S: * OK\nC: a NOOP").contains("closed"))
    }
}
