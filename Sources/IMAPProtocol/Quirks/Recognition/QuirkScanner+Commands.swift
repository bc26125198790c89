import IMAPWire
import Traffic

// MARK: - Commands

extension QuirkScanner {
    /// - Parameter octets: octets of the command's lines, literals left out.
    public mutating func command(
        _ text: RawSpan,
        _ line: CommandHead,
        octets: UInt64 = 0,
        into sightings: inout [QuirkSighting]
    ) {
        let end = ResponseHead.contentEnd(text)
        for index in line.tag where Self.isSpecial(text[index]) {
            sightings.note(.specialInTag, at: index)
        }
        if end > 0, text[end - 1] == 0x20, line.command != .authenticate {
            sightings.note(.commandSpacing, at: end - 1)
        }
        if OddPairs.occur(in: text) { self.commandGaps(text, end, &sightings) }
        self.braces(text, end, isText: false, &sightings)
        if octets > Self.longCommand { sightings.note(.longCommand, at: 0) }
        switch line.command {
        case .login: self.login(text, line, &sightings)
        case .fetch, .store, .copy, .move, .expunge:
            self.set(text, line, &sightings)
            if line.command == .fetch { self.changedSince(text, &sightings) }
        default: break
        }
    }

    private mutating func commandGaps(_ text: RawSpan, _ end: Int, _ sightings: inout [QuirkSighting]) {
        var gaps: [QuirkSighting] = []
        self.spacing(text, from: CommandHead.skipPadding(text), to: end, double: .commandSpacing, &gaps)
        // One name for all of a client's spaces: what matters is that strict servers refuse them.
        if let first = gaps.first { sightings.note(.commandSpacing, at: first.offset) }
    }

    /// What ASTRING-CHAR without `+` leaves out (RFC 9051 section 9, tag).
    private static func isSpecial(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "%"), UInt8(ascii: "\\"), UInt8(ascii: "{"), 0x7F...:
            true
        default: octet < 0x21
        }
    }

    private mutating func login(_ text: RawSpan, _ line: CommandHead, _ sightings: inout [QuirkSighting]) {
        self.tokenizer.reset(to: line.arguments)
        guard let first = self.tokenizer.next(in: text), first.kind != .lineEnd else { return }
        let second = self.tokenizer.next(in: text)
        if second == nil || second?.kind == .lineEnd { sightings.note(.loginInOneArgument, at: line.arguments) }
    }

    /// The message set of a command.
    private mutating func set(_ text: RawSpan, _ line: CommandHead, _ sightings: inout [QuirkSighting]) {
        self.tokenizer.reset(to: line.arguments)
        guard let token = self.tokenizer.next(in: text), token.kind == .atom else { return }
        var start = token.offset
        var lower: UInt64?
        for index in token.offset...token.range.upperBound {
            let isEnd = index == token.range.upperBound
            guard isEnd || text[index] == UInt8(ascii: ",") || text[index] == UInt8(ascii: ":") else { continue }
            if start < index, text[start] == UInt8(ascii: "-") { sightings.note(.negativeSequence, at: start) }
            let number = text.number(start..<index)
            if let lower, let number, number < lower { sightings.note(.descendingSet, at: start) }
            lower = !isEnd && text[index] == UInt8(ascii: ":") ? number : nil
            start = index + 1
        }
    }

    private mutating func changedSince(_ text: RawSpan, _ sightings: inout [QuirkSighting]) {
        var isNext = false
        while let token = self.tokenizer.next(in: text), token.kind != .lineEnd {
            if isNext, token.kind == .atom, text.number(token.range) == 0 {
                sightings.note(.changedSinceZero, at: token.offset)
            }
            isNext = token.kind == .atom && text.matches(token.range, "CHANGEDSINCE")
        }
    }
}
