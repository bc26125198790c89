import IMAPSession
import Traffic

/// A session with something of everything that filters and rules ask for.
enum FilteredDialogue {
    static let description = SessionDescription(
        connection: ConnectionID(1),
        client: Endpoint(host: "192.0.2.7", port: 50_000),
        server: Endpoint(host: "imap.example.org", port: 143),
        listener: Endpoint(host: "127.0.0.1", port: 1143),
        clientLeg: "cleartext",
        upstreamLeg: "TLS",
        time: .zero
    )

    private static let lines: [(Direction, String)] = [
        (.server, "* OK [CAPABILITY IMAP4rev1 IDLE LITERAL+ AUTH=PLAIN] imap.example.org ready"),
        (.client, "a1 LOGIN joe \"s3cret pass\""),
        (.server, "a1 OK [CAPABILITY IMAP4rev1 UIDPLUS] joe logged in"),
        (.client, "a2 ID (\"name\" \"Lightning\" \"token\" \"0123456789\")"),
        (.server, "* ID (\"name\" \"Dovecot\")\r\na2 OK done"),
        (.client, "a3 SELECT \"Z&APw-rich/Work\""),
        (.server, "* 23 EXISTS\r\n* FLAGS (\\Seen $Forwarded own)\r\na3 OK [READ-WRITE] done"),
        (.client, "a4 UID FETCH 100:200 (FLAGS ENVELOPE BODY.PEEK[HEADER])"),
        (
            .server,
            "* 5 FETCH (UID 105 FLAGS (\\Seen) ENVELOPE (NIL \"=?utf-8?q?caf=C3=A9?=\" ((\"Joe\" NIL \"joe\" "
                + "\"example.org\")) NIL NIL NIL NIL NIL NIL \"<1@x>\") BODY[HEADER] {24}\r\nSubject: 4111 1111 111\r\n\r\n)"
        ),
        (.server, "a4 OK done"),
        (.client, "a5 APPEND Work {6+}\r\na\r\nb\r\n"),
        (.server, "a5 NO [TRYCREATE] no such mailbox"),
        (.client, "FROBNICATE"),
        (.server, "FROBNICATE BAD \u{1B} unknown {3}"),
    ]

    static func play(to observer: some SessionObserver, options: SessionOptions = SessionOptions()) {
        var session = Session(description: self.description, options: options, observer: observer)
        var time = Timestamp.zero
        for (direction, line) in self.lines {
            time = time.advanced(byNanoseconds: 100_000_000)
            let octets = Array((line + "\r\n").utf8)
            session.receive(octets.span.bytes, from: direction, at: time)
        }
        session.closed(.client, .closed, at: time)
        session.ended(at: time)
    }
}
