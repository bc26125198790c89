import IMAPProtocol
import IMAPWire
import Traffic

/// Slips with the counts of a client's literals (RFC 9051 section 4.3): what the server takes as the literal, and what it
/// reads as the command behind it.
enum LiteralChecks {
    /// The most octets of a message that a finding quotes.
    private static let quoted = 32

    /// - Parameter tail: the last octets of the last literal.
    static func findings(
        _ head: CommandHead,
        _ text: RawSpan,
        frame: MessageFrame,
        tail: [UInt8] = []
    ) -> [Finding] {
        guard frame.complete, !frame.literalRefused, !frame.truncated, let literal = frame.literals.last else {
            return []
        }
        let kept = Int(min(literal.size, UInt64(WireLimits.standard.literalPrefix)))
        let after = literal.textOffset + kept
        let end = ResponseHead.contentEnd(text)
        guard after < text.byteCount else { return [] }
        let next = frame.offset + frame.length - UInt64(text.byteCount - after)
        if after < end {
            if let slip = self.swallowed(text, after: after, end: end, tail: tail) {
                return [.literalSwallowedCommand(slip, size: literal.size, at: next)]
            }
            guard self.isLeftover(head.command, text, after: after, end: end) else { return [] }
            let showsText = head.command == .append || head.command == .replace
            let words = showsText ? self.words(text, after..<end) : nil
            return [.literalLeftover(end - after, words, size: literal.size, at: next)]
        }
        // The line feed alone is left: the CR before it became part of the message.
        if literal.size > 0, literal.lastOctets & 0xFF == 0x0D, text[after] == 0x0A {
            return [.literalTookCR(size: literal.size, at: next)]
        }
        if head.command == .append, literal.size > 0, literal.lastOctets & 0xFF != 0x0A {
            return [.appendWithoutLineEnd(size: literal.size, at: next)]
        }
        return []
    }

    /// The connection ended inside the literal of a command: does it hold the next command already?
    static func cut(_ literal: LiteralRecord, tail: [UInt8]) -> Slip? {
        var end = tail.count
        if end > 0, tail[end - 1] == 0x0A { end -= 1 }
        if end > 0, tail[end - 1] == 0x0D { end -= 1 }
        return self.slip(tail, end: end, inLiteral: tail.count)
    }

    /// Behind the last literal of an APPEND only `)` may stand; behind others a space and more, too.
    private static func isLeftover(_ command: Command?, _ text: RawSpan, after: Int, end: Int) -> Bool {
        var index = after
        if command == .append || command == .replace {
            while index < end, text[index] == UInt8(ascii: ")") { index += 1 }
            return index < end && !(text[index] == 0x20 && index + 1 == end)
        }
        return text[after] != 0x20 && text[after] != UInt8(ascii: ")")
    }

    // MARK: - A count that is too large

    /// A command that began inside the literal.
    struct Slip {
        /// The command as it was meant.
        var command: String
        /// Its octets inside the literal, and the line end of the command before it.
        var swallowed: Int
    }

    /// Whether the literal's last line and what follows it read `tag SP command`: the client had already gone on.
    private static func swallowed(_ text: RawSpan, after: Int, end: Int, tail: [UInt8]) -> Slip? {
        guard !tail.isEmpty else { return nil }
        let rest = text.extracting(after..<end).withUnsafeBytes { Array($0) }
        return self.slip(tail + rest, end: tail.count + rest.count, inLiteral: tail.count)
    }

    /// The first of the lines before `end` that are commands one and all and begin inside the literal.
    private static func slip(_ octets: [UInt8], end: Int, inLiteral: Int) -> Slip? {
        var slip: Slip?
        var lineEnd = end
        var start = min(inLiteral, end)
        while true {
            while start > 0, octets[start - 1] != 0x0A { start -= 1 }
            guard start > 0, start <= inLiteral, let command = self.command(octets, start..<lineEnd) else {
                return slip
            }
            let breakLength = start > 1 && octets[start - 2] == 0x0D ? 2 : 1
            slip = Slip(command: command, swallowed: inLiteral - start + breakLength)
            lineEnd = start - breakLength
            start = lineEnd
        }
    }

    /// Tag and name of the command in `range`: what follows may be a password.
    private static func command(_ octets: [UInt8], _ range: Range<Int>) -> String? {
        guard !range.isEmpty, octets[range.lowerBound] != 0x20 else { return nil }
        var tokenizer = Tokenizer()
        let line = octets.span.bytes.extracting(range)
        guard let head = CommandHead(line, tokenizer: &tokenizer), head.command != nil, !head.tag.isEmpty,
            head.tag.count <= 32
        else { return nil }
        return line.latin1(head.tag) + " " + line.uppercased(head.name)
    }

    private static func words(_ text: RawSpan, _ range: Range<Int>) -> String {
        let shown = range.prefix(Self.quoted)
        let words = text.latin1(shown)
        return shown.count < range.count ? words + "…" : words
    }
}
