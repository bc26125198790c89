import IMAPProtocol
import IMAPWire
import Traffic

/// What can be wrong with a command on its own.
enum CommandChecks {
    static func findings(
        _ head: CommandLine,
        _ text: RawSpan,
        frame: MessageFrame,
        state: SessionState,
        isPipelined: Bool
    ) -> [Finding] {
        var findings: [Finding] = []
        if let command = head.command {
            // A pipelined command is judged by the server when the ones before it are done; their outcome is open here.
            if !isPipelined, !self.isAllowed(command, in: state) {
                findings.append(.commandInWrongState(text.uppercased(head.name), state, at: frame.offset))
            }
        } else {
            let isHidden = state != .authenticated && state != .selected
            let name = isHidden ? "the word after the tag" : Self.shownName(text, head.name)
            findings.append(.unknownCommand(name, at: frame.offset))
        }
        findings += LiteralChecks.findings(head, text, frame: frame)
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

/// Slips with the counts of literals (RFC 9051 section 4.3).
enum LiteralChecks {
    static func findings(_ head: CommandLine, _ text: RawSpan, frame: MessageFrame) -> [Finding] {
        guard frame.complete, !frame.literalRefused, !frame.truncated, let literal = frame.literals.last else {
            return []
        }
        let kept = Int(min(literal.size, UInt64(WireLimits.standard.literalPrefix)))
        let after = literal.textOffset + kept
        let end = ResponseLine.contentEnd(text)
        guard after <= text.byteCount else { return [] }
        let next = frame.offset + frame.length - UInt64(text.byteCount - after)
        if after < end {
            guard text[after] != 0x20, text[after] != UInt8(ascii: ")") else {
                return self.swallowedCommand(literal, text, after: after, end: end)
                    ? [.literalSwallowedCommand(size: literal.size, at: next)] : []
            }
            if self.swallowedCommand(literal, text, after: after, end: end) {
                return [.literalSwallowedCommand(size: literal.size, at: next)]
            }
            return [.literalLeftover(end - after, size: literal.size, at: next)]
        }
        if head.command == .append, literal.size > 0, literal.lastOctets & 0xFF != 0x0A {
            return [.appendWithoutLineEnd(size: literal.size, at: next)]
        }
        return []
    }

    /// Whether the literal's last line and what follows it read `tag SP command`: the client had already gone on.
    private static func swallowedCommand(_ literal: LiteralRecord, _ text: RawSpan, after: Int, end: Int) -> Bool {
        guard literal.size <= UInt64(WireLimits.standard.literalPrefix) else { return false }
        var start = after
        while start > literal.textOffset, text[start - 1] != 0x0A { start -= 1 }
        guard start > literal.textOffset, start < after || text[after] != 0x20 else { return false }
        var tokenizer = Tokenizer()
        guard let head = CommandLine(text.extracting(start..<end), tokenizer: &tokenizer), head.command != nil else {
            return false
        }
        return !head.tag.isEmpty && !head.name.isEmpty
    }
}
