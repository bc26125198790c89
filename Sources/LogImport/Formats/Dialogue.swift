import Traffic

extension MarkedFormat {
    /// `C: ` and `S: `, as RFCs and MailKit's ProtocolLogger write; with a time before them, where there is one.
    static let dialogue = MarkedFormat(name: "dialogue", title: "C: and S: lines, MailKit", literals: .present) {
        line in
        var rest = line
        while rest.first == UInt8(ascii: " ") || rest.first == UInt8(ascii: "\t") { rest.removeFirst() }
        if let server = rest.after("Connected to "), rest.starts("Connected to "), server.text.contains("://") {
            return MarkedLine(.begins(MarkedFormat.endpoint(of: server.text)))
        }
        var time: Timestamp?
        // MailKit: 2026-11-24T10:00:00.1234567Z C: …
        if let first = rest.first, (0x30...0x39).contains(first), let space = rest.firstIndex(of: UInt8(ascii: " ")),
            let date = LogTime.date(rest[..<space].text)
        {
            time = date
            rest = Array(rest[(space + 1)...])
        }
        for (mark, direction) in MarkedFormat.marks where rest.starts(with: mark.utf8) {
            return MarkedLine(.line(direction, rest.dropping(mark.utf8.count)), time: time)
        }
        // An empty line of either side.
        if rest == Array("C:".utf8) { return MarkedLine(.line(.client, []), time: time) }
        if rest == Array("S:".utf8) { return MarkedLine(.line(.server, []), time: time) }
        return nil
    }

    private static let marks: [(String, Direction)] = [
        ("C: ", .client), ("S: ", .server), ("client: ", .client), ("server: ", .server), ("Client: ", .client),
        ("Server: ", .server), ("-> ", .client), ("<- ", .server), ("--> ", .client), ("<-- ", .server),
    ]

    /// `imaps://imap.example.org:993/?starttls=always`
    private static func endpoint(of url: String) -> Endpoint? {
        let scheme = url.prefix { $0 != ":" }
        let rest = url.dropFirst(scheme.count + 3).prefix { $0 != "/" }
        guard let colon = rest.lastIndex(of: ":"), let port = UInt16(rest[rest.index(after: colon)...]) else {
            return rest.isEmpty ? nil : Endpoint(host: String(rest), port: scheme == "imaps" ? 993 : 143)
        }
        return Endpoint(host: String(rest[..<colon]), port: port)
    }
}
