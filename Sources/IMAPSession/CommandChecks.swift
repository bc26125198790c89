import IMAPProtocol
import IMAPWire
import Traffic

/// What can be wrong with a command on its own.
enum CommandChecks {
    static func findings(
        _ head: CommandHead,
        _ text: RawSpan,
        frame: MessageFrame,
        state: SessionState,
        isPipelined: Bool,
        literalTail: [UInt8]
    ) -> [Finding] {
        var findings: [Finding] = []
        if let command = head.command {
            // A pipelined command is judged by the server when the ones before it are done; their outcome is open here.
            if !isPipelined, !self.isAllowed(command, in: state) {
                findings.append(.commandInWrongState(text.uppercased(head.name), state, at: frame.offset))
            }
        } else if state != .authenticated && state != .selected {
            findings.append(.unknownCommand("the word after the tag", at: frame.offset))
        } else if VendorCommand(text, head.name) == nil {
            findings.append(.unknownCommand(Self.shownName(text, head.name), at: frame.offset))
        }
        findings += LiteralChecks.findings(head, text, frame: frame, tail: literalTail)
        return findings
    }

    /// Names from the wire may be anything, and before a login even a misplaced secret: only words are quoted.
    private static func shownName(_ text: RawSpan, _ range: Range<Int>) -> String {
        guard range.count <= 16 else { return "the word after the tag" }
        for index in range {
            let octet = text[index] & 0xDF
            guard octet &- 0x41 < 26 || text[index] == UInt8(ascii: "-") || text[index] == 0x20 else {
                return "the word after the tag"
            }
        }
        return text.uppercased(range)
    }

    private static func isAllowed(_ command: Command, in state: SessionState) -> Bool {
        switch command {
        case .capability, .noop, .logout, .id, .language: true
        case .starttls, .authenticate, .login: state == .notAuthenticated || state == .greeting
        case .search, .sort, .thread, .fetch, .store, .copy, .move, .expunge, .check, .close, .unselect, .replace,
            .convert, .cancelupdate, .uidbatches:
            state == .selected
        default: state == .authenticated || state == .selected
        }
    }
}
