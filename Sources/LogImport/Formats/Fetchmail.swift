import Traffic

extension MarkedFormat {
    /// `fetchmail -v -v`: what it reads of messages goes elsewhere, and a password is one asterisk.
    static let fetchmail = MarkedFormat(name: "fetchmail", title: "fetchmail -v -v", literals: .absent) { line in
        if let said = line.after("IMAP> "), line.starts("fetchmail: ") { return MarkedLine(.line(.client, said)) }
        if let said = line.after("IMAP< "), line.starts("fetchmail: ") { return MarkedLine(.line(.server, said)) }
        if line.starts("Trying to connect to "), let host = line.after("connect to ")?.before("/"),
            let port = line.after("/")?.text.prefix(while: { $0.isNumber })
        {
            return MarkedLine(.begins(Endpoint(host: host.text, port: UInt16(port) ?? 143)))
        }
        return nil
    }
}
