import IMAPProtocol

extension ServerProbe {
    /// A non-synchronizing literal of one octet more than LITERAL- allows, filled with command lines. The server has to read
    /// it whole or to end the session; one that refuses the command without that obeys what was meant as text.
    static let nonSynchronizingLiteral = ServerProbe(
        id: "literal-limits",
        title: "a literal of \(LiteralContent.size) octets that does not wait for permission",
        reference: "RFC 7888 sections 3 to 5",
        remedy: "read and discard the octets of a literal that is refused, or end the session with BYE"
    ) { target in
        guard target.security == .starttls else {
            return target.underTLS { _, _ in LiteralContent.ask }
        }
        return target.inCleartext { _ in LiteralContent.ask }
    }
}

private enum LiteralContent {
    static let size = 4097

    static var ask: ProbeStep {
        .command("C1 CAPABILITY") { answer in Self.send(answer.capabilities ?? []) }
    }

    private static func send(_ capabilities: [String]) -> ProbeStep {
        // IMAP4rev2 contains LITERAL- (RFC 9051 section 4.3).
        let isLimited = capabilities.contains("LITERAL-") || capabilities.contains("IMAP4REV2")
        let isUnlimited = capabilities.contains("LITERAL+")
        if isUnlimited, capabilities.contains("LITERAL-") {
            return .weak("LITERAL+ and LITERAL- are offered together")
        }
        let offer = isUnlimited ? "LITERAL+" : isLimited ? "LITERAL-" : "no capability for such literals"
        let line = Array("N9 NOOP\r\n".utf8)
        var literal = Array(repeating: line, count: Self.size / line.count).flatMap { $0 }
        literal += Array(repeating: UInt8(ascii: "x"), count: Self.size - literal.count)
        let octets = Array("N1 ID (\"name\" {\(Self.size)+}\r\n".utf8) + literal + Array(")\r\nN2 NOOP\r\n".utf8)
        return .send(octets, awaiting: "N2") { answer in
            if answer.answers("N9") != nil {
                return isLimited || isUnlimited
                    ? .vulnerable("with \(offer), octets of the literal were obeyed as commands")
                    : .weak("with \(offer), octets of the literal were obeyed as commands: {n+} was not understood")
            }
            guard let first = answer.answers("N1") else {
                return answer.isGoodbye
                    ? .pass("with \(offer), the server ended the session: \(answer.shown)")
                    : .notCheckable("with \(offer), the server said nothing of it: \(answer.shown)")
            }
            if first.status == .ok, !isUnlimited {
                return .weak("with \(offer), a literal of \(Self.size) octets was accepted: “\(first.shown)”")
            }
            return .pass("with \(offer), the literal was read whole and answered by “\(first.shown)”")
        }
    }
}
