import IMAPSession
import IMAPWire
import Traffic

/// Where the lines and literals of a message lie in its text.
struct MessageLayout {
    let message: Message
    let textCount: Int
    /// How many octets of each literal the text holds at most: ``WireLimits/literalPrefix``.
    let literalPrefix: Int

    init(_ message: Message, text: RawSpan, literalPrefix: Int) {
        self.message = message
        self.textCount = text.byteCount
        self.literalPrefix = literalPrefix
    }

    /// The kept octets of a literal.
    func kept(_ literal: LiteralRecord) -> Range<Int> {
        let start = min(max(literal.textOffset, 0), self.textCount)
        let amount = Int(min(literal.received, UInt64(self.literalPrefix)))
        return start..<min(start + amount, self.textCount)
    }

    /// Whether all octets of a literal are kept.
    func isWhole(_ literal: LiteralRecord) -> Bool {
        UInt64(self.kept(literal).count) == literal.received
    }

    /// `range` without the CR LF or LF at its end.
    static func content(_ text: RawSpan, _ range: Range<Int>) -> Range<Int> {
        var end = range.upperBound
        if end > range.lowerBound, text[end - 1] == 0x0A {
            end -= 1
            if end > range.lowerBound, text[end - 1] == 0x0D { end -= 1 }
        }
        return range.lowerBound..<end
    }
}

extension LiteralRecord {
    /// `literal`, `literal8`; with `+` when the sender did not wait (RFC 7888).
    var kind: StaticString {
        switch (self.form.binary, self.form.nonSynchronizing) {
        case (false, false): "literal"
        case (false, true): "literal+"
        case (true, false): "literal8"
        case (true, true): "literal8+"
        }
    }
}
