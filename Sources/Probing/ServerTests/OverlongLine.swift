import IMAPProtocol

extension ServerProbe {
    /// A line that nobody needs, from somebody who has not logged in.
    static let overlongLine = ServerProbe(
        id: "overlong-line",
        title: "a line of \(OverlongLine.size) octets before the login",
        reference: "RFC 7162 section 4; RFC 2683 section 3.2.1.5",
        remedy: "limit the length of lines before the login; 8192 octets are enough"
    ) { target in
        guard target.security == .starttls else { return target.underTLS { _, _ in OverlongLine.send } }
        return target.inCleartext { _ in OverlongLine.send }
    }
}

private enum OverlongLine {
    static let size = 262_144

    static var send: ProbeStep {
        let line = Array("O1 NOOP ".utf8) + Array(repeating: UInt8(ascii: "x"), count: Self.size - 10) + [0x0D, 0x0A]
        return .send(line, awaiting: "O1") { answer in
            if answer.isRefused { return .pass("it was refused by \(answer.shown)") }
            if answer.isOK { return .weak("it was accepted: \(answer.shown)") }
            if answer.isGoodbye { return .pass("the server ended the session: \(answer.shown)") }
            // Without its tag: the server has cut the line before it could know it.
            if let line = answer.lines.last(where: { $0.status == .bad }) {
                return .pass("it was refused by “\(line.shown)”")
            }
            return .weak("the server neither refused it nor left: \(answer.shown)")
        }
    }
}
