import IMAPWire
import Traffic

// MARK: - Spaces between tokens

extension QuirkScanner {
    /// Looks at every gap between two tokens of `start..<end`.
    mutating func spacing(
        _ text: RawSpan,
        from start: Int,
        to end: Int,
        double: Quirk = .doubleSpace,
        _ sightings: inout [QuirkSighting]
    ) {
        self.tokenizer.reset(to: start)
        var previous = start
        var isAfterOpen = false
        while previous < end, let token = self.tokenizer.next(in: text) {
            guard token.offset < end else { return }
            let begin = Self.begin(of: token, in: text)
            let gap = begin - previous
            switch token.kind {
            case .listClose: if gap > 0, !isAfterOpen { sightings.note(.spaceBeforeParenthesis, at: previous) }
            case .lineEnd: break
            default:
                if isAfterOpen, gap > 0 {
                    sightings.note(.spaceAfterParenthesis, at: previous)
                } else if gap > 1 {
                    sightings.note(double, at: previous)
                }
            }
            isAfterOpen = token.kind == .listOpen
            previous = token.next
        }
    }

    /// Where a token begins on the wire: a quote or an announcement stands before what it holds.
    static func begin(of token: Token, in text: RawSpan) -> Int {
        switch token.kind {
        case .quoted, .unterminatedQuoted: return token.offset - 1
        case .literal:
            var index = token.offset - 1
            while index > 0, text[index] != UInt8(ascii: "{") { index -= 1 }
            return index > 0 && text[index - 1] == UInt8(ascii: "~") ? index - 1 : index
        default: return token.offset
        }
    }
}
