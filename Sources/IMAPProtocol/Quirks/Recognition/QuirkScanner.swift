public import IMAPWire
import Traffic

/// Recognises the quirks that one line shows by itself. What needs to know what was said before is the session's.
///
/// Works on whatever arrives: a line that is nothing gives sightings or none, never an error. Time is linear in the line.
public struct QuirkScanner: Sendable {
    var tokenizer: Tokenizer

    /// How long a response line may be before some clients give up, and a command line before some servers do.
    static let longResponse: UInt64 = 10_000
    static let longCommand: UInt64 = 8_000

    public init(literalPrefix: Int = WireLimits.standard.literalPrefix) {
        self.tokenizer = Tokenizer(literalPrefix: literalPrefix)
    }

    /// - Parameter octets: octets of the message's lines, literals left out.
    public mutating func response(
        _ text: RawSpan,
        _ line: ResponseHead,
        literals: [LiteralRecord] = [],
        octets: UInt64 = 0,
        into sightings: inout [QuirkSighting]
    ) {
        switch line.kind {
        case .continuation: self.continuation(text, line, &sightings)
        case .unparsed:
            if CommandHead.skipPadding(text) < ResponseHead.contentEnd(text) { sightings.note(.plainTextLine, at: 0) }
        case .tagged: self.status(text, line, &sightings)
        case .untagged:
            if line.response?.status != nil {
                self.status(text, line, &sightings)
            } else {
                self.data(text, line, literals, &sightings)
            }
        }
        if octets > Self.longResponse { sightings.note(.longResponse, at: 0) }
    }

    private mutating func continuation(_ text: RawSpan, _ line: ResponseHead, _ sightings: inout [QuirkSighting]) {
        let end = ResponseHead.contentEnd(text)
        let start = CommandHead.skipPadding(text)
        if start + 1 == end { sightings.note(.bareContinuation, at: start) }
        self.braces(text, end, isText: true, &sightings)
    }

    private mutating func data(
        _ text: RawSpan,
        _ line: ResponseHead,
        _ literals: [LiteralRecord],
        _ sightings: inout [QuirkSighting]
    ) {
        let end = ResponseHead.contentEnd(text)
        if end > 0, text[end - 1] == 0x20 { sightings.note(.trailingSpace, at: end - 1) }
        if end > 0, text[end - 1] == UInt8(ascii: "}") { self.braces(text, end, isText: false, &sightings) }
        let isFetch = line.response == .fetch || line.response == .uidfetch
        if !isFetch, OddPairs.occur(in: text) { self.spacing(text, from: 0, to: end, &sightings) }
        for literal in literals where !literal.form.binary {
            let upper = min(literal.textOffset + Int(min(literal.received, UInt64(self.tokenizer.literalPrefix))), end)
            guard literal.textOffset < upper else { continue }
            if OddPairs.holdsNUL(text.extracting(literal.textOffset..<upper)) {
                sightings.note(.nulInLiteral, at: literal.textOffset)
            }
        }
        switch line.response {
        case .fetch, .uidfetch: self.fetch(text, line, to: end, &sightings)
        case .capability: self.capabilities(text, line.arguments..<end, &sightings)
        case .list, .lsub, .xlist: self.list(text, line.arguments, end, &sightings)
        case .flags: self.flags(text, line.arguments..<end, isPermanent: false, &sightings)
        case .status: self.emptyStatus(text, line.arguments, &sightings)
        case .namespace: self.namespace(text, line.arguments, end, &sightings)
        case .id: self.identification(text, line.arguments, &sightings)
        case .noop: sightings.note(.untaggedNoop, at: line.name.lowerBound)
        case .some, nil: break
        }
    }

    /// `{…}` at the end of a line that announces nothing.
    func braces(_ text: RawSpan, _ end: Int, isText: Bool, _ sightings: inout [QuirkSighting]) {
        guard end > 1, text[end - 1] == UInt8(ascii: "}") else { return }
        var brace = end - 2
        while brace >= 0, end - brace <= 64, text[brace] != UInt8(ascii: "{"), text[brace] != 0x20 { brace -= 1 }
        guard brace >= 0, text[brace] == UInt8(ascii: "{") else { return }
        switch LiteralSuffix.read(atEndOf: text.extracting(0..<end)) {
        case .literal, .overflow: if isText { sightings.note(.braceInStatusText, at: brace) }
        case .none: if !isText { sightings.note(.malformedLiteralSize, at: brace) }
        }
    }
}
