import IMAPWire
import Traffic

extension SyntaxRow {
    /// Commands and responses that belong to the session (RFC 3501 sections 6.1, 6.2 and 7.1).
    static let session: [SyntaxRow] = [
        .command("CAPABILITY", .capabilityCommand),
        .command("NOOP", .noop),
        .command("LOGOUT", .logout),
        .command("STARTTLS", .starttls),
        .command("AUTHENTICATE", .authenticate) { parser, text in
            parser.atom(.authType, text)
            // RFC 4959: an initial response, `=` for an empty one.
            guard !parser.atEnd else { return }
            if parser.token.kind == .atom, parser.token.length == 1, text[parser.token.offset] == UInt8(ascii: "=") {
                parser.leaf(.initialResp, .atom, text)
            } else {
                parser.base64(.initialResp, text)
            }
        },
        .command("LOGIN", .login) { parser, text in
            parser.astring(.userid, text)
            parser.astring(.password, text)
        },
        .response("OK", .respCondState) { $0.status($1) },
        .response("NO", .respCondState) { $0.status($1) },
        .response("BAD", .respCondState) { $0.status($1) },
        .response("BYE", .respCondBye) { $0.status($1) },
        .response("PREAUTH", .respCondPreauth) { $0.status($1) },
        .response("CAPABILITY", .capabilityData) { $0.capabilities($1) },
        // Zimbra's keep-alive; whatever stands behind it is of no account.
        .response("NOOP", .noopData) { $0.genericRest($1) },
    ]
}

extension SyntaxParser {
    /// Names of capabilities. Servers send all kinds of words among them (iCloud), so anything but a list goes.
    mutating func capabilities(_ text: RawSpan) {
        while !self.atClose { self.capability(text) }
    }

    mutating func capability(_ text: RawSpan) {
        guard self.token.kind == .atom else { return self.misplaced(.capability, text) }
        let range = self.token.range
        if range.count > 5, text.matches(range.lowerBound..<range.lowerBound + 5, "AUTH=") {
            self.leaf(.authCapability, .atom, text)
        } else {
            self.leaf(.capability, .atom, text)
        }
    }
}
