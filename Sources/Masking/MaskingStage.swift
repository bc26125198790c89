public import IMAPSession
public import IMAPWire
import SASL
public import Traffic

/// The only way from a session to an output. Masks by grammar, as the session classified, then by value.
///
/// One per connection. Sinks get octets in which secrets are overwritten; there is no way round but `reveal`.
public final class MaskingStage: SessionObserver {
    private let connection: ConnectionID
    private let sinks: [any SessionSink]
    private let reveal: Bool
    private let literalPrefix: Int
    private let literalSinks: [any SessionSink]
    private let redaction: (any Redaction)?
    private let lastPatterns: LastPatterns?
    private let review: (any SessionReview)?

    private var values: [Secret] = []
    private var patterns: SecretPatterns?
    private var patternsAreStale = false
    /// Octets of a long literal that may begin a secret which the next piece completes, by direction.
    private var carried: [Direction: [UInt8]] = [:]

    /// Makes the stage of one connection.
    ///
    /// - Parameters:
    ///   - reveal: the capability to see secrets: `--reveal-secrets`. Whoever sets it announces it.
    ///   - literalPrefix: how many octets of a literal the texts hold.
    ///   - redaction: what else is hidden, whether secrets are shown or not.
    ///   - lastPatterns: shared by the stages of sessions that are read on one thread.
    ///   - review: adds findings before the outputs see a message.
    public init(
        connection: ConnectionID,
        sinks: [any SessionSink],
        reveal: Bool = false,
        literalPrefix: Int = WireLimits.standard.literalPrefix,
        redaction: (any Redaction)? = nil,
        lastPatterns: LastPatterns? = nil,
        review: (any SessionReview)? = nil
    ) {
        self.connection = connection
        self.sinks = sinks
        self.reveal = reveal
        self.literalPrefix = literalPrefix
        self.redaction = redaction
        self.lastPatterns = lastPatterns
        self.review = review
        // Pieces of a literal come before anything can be said of their message, so under a redaction nobody gets them.
        self.literalSinks = redaction == nil ? sinks.filter(\.wantsLiterals) : []
    }

    public func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
        if !secrets.isEmpty { self.remember(secrets) }
        var demanded = self.review?.needsText(of: message) ?? false
        for sink in self.sinks where sink.demand(for: message, session: self.connection) == .text { demanded = true }
        if self.reveal {
            var open = message
            open.sasl?.secrets = []
            self.withRedacted(open, text, message.secrets.filter(\.isMissing), isComplete: true) {
                self.deliver($0, $1)
            }
            return
        }
        if message.direction == .server, !message.secrets.isEmpty { self.remember(message.secrets, text) }
        let patterns = self.currentPatterns()
        // Most have nothing beside their text.
        let clean = message.isPlain ? message : self.clean(message, patterns)
        if self.redaction != nil {
            // A rule may have to know what a message says whether it is shown or not.
            self.withMasked(message, text, patterns) { masked, text in
                self.withRedacted(clean, text, masked, isComplete: true) { self.deliver($0, $1) }
            }
            return
        }
        guard demanded else {
            self.deliver(MaskedMessage(message: clean, masked: clean.secrets), text.extracting(0..<0))
            return
        }
        self.withMasked(message, text, patterns) { masked, text in
            self.deliver(MaskedMessage(message: clean, masked: masked), text)
        }
    }

    public func announced(_ message: Message, text: RawSpan) {
        guard !self.reveal else {
            self.withRedacted(message, text, [], isComplete: false) { message, text in
                for sink in self.sinks { sink.announced(message, text: text, session: self.connection) }
            }
            return
        }
        let patterns = self.currentPatterns()
        // Most have nothing beside their text.
        let clean = message.isPlain ? message : self.clean(message, patterns)
        self.withMasked(message, text, patterns) { masked, text in
            self.withRedacted(clean, text, masked, isComplete: false) { message, text in
                for sink in self.sinks { sink.announced(message, text: text, session: self.connection) }
            }
        }
    }

    /// Calls `body` with what the redaction leaves of a message; without one, with the message as it is.
    private func withRedacted(
        _ message: Message,
        _ text: RawSpan,
        _ masked: [SecretRange],
        isComplete: Bool,
        _ body: (MaskedMessage, RawSpan) -> Void
    ) {
        guard let redaction else {
            body(MaskedMessage(message: message, masked: masked), text)
            return
        }
        var copy = text.withUnsafeBytes { Array($0) }
        var message = message
        let hidden = copy.withUnsafeMutableBytes { redaction.redact(&message, text: $0, isComplete: isComplete) }
        let all = (masked + hidden).sorted { $0.range.lowerBound < $1.range.lowerBound }.joined()
        body(MaskedMessage(message: message, masked: all), copy.span.bytes)
    }

    /// Calls `body` with the text, secrets overwritten; no copy is made when there are none.
    private func withMasked(
        _ message: Message,
        _ text: RawSpan,
        _ patterns: SecretPatterns?,
        _ body: ([SecretRange], RawSpan) -> Void
    ) {
        let masked = self.maskedRanges(message, text, patterns)
        guard !masked.isEmpty else {
            body([], text)
            return
        }
        var copy = text.withUnsafeBytes { Array($0) }
        for secret in masked where !secret.isMissing {
            for index in secret.range { copy[index] = UInt8(ascii: "*") }
        }
        body(masked, copy.span.bytes)
    }

    public func passing(_ message: Message, text: RawSpan) {
        guard !self.literalSinks.isEmpty else { return }
        let patterns = self.reveal ? nil : self.currentPatterns()
        var clean = self.clean(message, patterns)
        if self.reveal { clean.secrets.removeAll { !$0.isMissing } }
        self.withMasked(clean, text, patterns) { masked, text in
            let told = MaskedMessage(message: clean, masked: masked)
            for sink in self.literalSinks { sink.passing(told, text: text, session: self.connection) }
        }
    }

    public func literal(_ piece: LiteralPiece, octets: RawSpan) {
        guard !self.literalSinks.isEmpty else { return }
        let patterns = self.reveal ? nil : self.currentPatterns()
        guard let patterns else {
            for sink in self.literalSinks { sink.literal(piece, octets: octets, session: self.connection) }
            return
        }
        var buffer = self.carried.removeValue(forKey: piece.direction) ?? []
        let carriedCount = buffer.count
        octets.withUnsafeBytes { buffer.append(contentsOf: $0) }
        for range in patterns.ranges(in: buffer.span.bytes) {
            for index in range { buffer[index] = UInt8(ascii: "*") }
        }
        let keep = piece.isLast ? 0 : patterns.partialSuffix(of: buffer.span.bytes, shortest: 1)
        if keep > 0 { self.carried[piece.direction] = Array(buffer.suffix(keep)) }
        var told = piece
        told.position = piece.position - UInt64(carriedCount)
        let ready = buffer.span.bytes.extracting(0..<(buffer.count - keep))
        for sink in self.literalSinks { sink.literal(told, octets: ready, session: self.connection) }
    }

    public func event(_ event: SessionEvent) {
        var event = event
        if !self.reveal {
            if let patterns = self.currentPatterns() { event = event.masking(patterns) }
            switch event {
            case .exchangeBegan(let exchange) where exchange.hidesTag: event = .exchangeBegan(exchange.hidingTag())
            case .exchangeEnded(let exchange) where exchange.hidesTag: event = .exchangeEnded(exchange.hidingTag())
            default: break
            }
        }
        if let redaction { event = redaction.redact(event) }
        guard let review else {
            for sink in self.sinks { sink.event(event, session: self.connection) }
            return
        }
        let found = review.review(&event).map { SessionEvent.finding($0.finding, time: $0.time) }
        // Nothing follows the end of a session.
        let isEnd = if case .ended = event { true } else { false }
        for event in isEnd ? found + [event] : [event] + found {
            for sink in self.sinks { sink.event(event, session: self.connection) }
        }
    }

    // MARK: - Values

    private func remember(_ secrets: [Secret]) {
        // What a recording masked already is no value to look for.
        for secret in secrets where secret.count >= SecretPatterns.shortestValue && !secret.isMask {
            guard self.values.count < SecretPatterns.mostValues else { return }
            guard !self.values.contains(where: { $0.equals(secret) }) else { continue }
            self.values.append(secret)
            self.patternsAreStale = true
        }
    }

    /// What a server says that must not be shown, a signed URL, may come back in the client's commands and elsewhere.
    private func remember(_ ranges: [SecretRange], _ text: RawSpan) {
        self.remember(
            ranges.filter { !$0.isMissing && $0.range.upperBound <= text.byteCount }.map { secret in
                text.extracting(secret.range).withUnsafeBytes { Secret(Array($0)) }
            }
        )
    }

    private func currentPatterns() -> SecretPatterns? {
        if self.patternsAreStale {
            self.patternsAreStale = false
            self.patterns = self.lastPatterns?.patterns(of: self.values) ?? SecretPatterns(values: self.values)
        }
        return self.patterns
    }

    // MARK: - Ranges

    private func maskedRanges(_ message: Message, _ text: RawSpan, _ patterns: SecretPatterns?) -> [SecretRange] {
        guard let patterns else { return message.secrets }
        var found = patterns.ranges(in: text)
        let isCut = message.truncated || message.literals.contains { $0.size > UInt64(self.literalPrefix) }
        if isCut { found += self.cutSecrets(message, text, patterns) }
        guard !found.isEmpty else { return message.secrets }
        // What grammar classified keeps its own rule about lengths; a value found elsewhere never tells its length.
        let all = message.secrets + found.map { SecretRange($0, showsLength: false) }
        return all.sorted { $0.range.lowerBound < $1.range.lowerBound }.joined()
    }

    /// Where the text of a message is cut, a secret may be cut too.
    private func cutSecrets(_ message: Message, _ text: RawSpan, _ patterns: SecretPatterns) -> [Range<Int>] {
        var ends = message.literals.filter { $0.size > UInt64(self.literalPrefix) }
            .map { min($0.textOffset + self.literalPrefix, text.byteCount) }
        if message.truncated { ends.append(text.byteCount) }
        return ends.compactMap { end in
            // One or two octets of a secret say nothing, and would mask the end of nearly every cut text.
            let length = patterns.partialSuffix(of: text.extracting(0..<end), shortest: 3)
            return length > 0 ? (end - length)..<end : nil
        }
    }

    private func clean(_ message: Message, _ patterns: SecretPatterns?) -> Message {
        var clean = message
        if var step = message.sasl {
            step.secrets = []
            if let patterns { step.mask(patterns) }
            clean.sasl = step
        }
        if let exchange = message.completes {
            let hidden = exchange.hidingTag()
            if let patterns, hidden.isTouched(by: patterns) {
                clean.completes = hidden.masking(patterns)
            } else if exchange.hidesTag {
                clean.completes = hidden
            }
        }
        guard let patterns else { return clean }
        let findings = message.findings
        if findings.contains(where: { $0.isTouched(by: patterns) }) {
            clean.findings = findings.map { $0.masking(patterns) }
        }
        let consequences = message.consequences
        if !consequences.isEmpty { clean.consequences = consequences.map { $0.masking(patterns) } }
        return clean
    }

    private func deliver(_ message: MaskedMessage, _ text: RawSpan) {
        if let review {
            var reviewed = message.message
            review.review(&reviewed, text: text)
            let told = MaskedMessage(message: reviewed, masked: message.masked)
            for sink in self.sinks { sink.message(told, text: text, session: self.connection) }
            return
        }
        for sink in self.sinks { sink.message(message, text: text, session: self.connection) }
    }
}

extension [SecretRange] {
    /// Joins sorted ranges that overlap. A joint range tells its length only when all of its parts may.
    fileprivate func joined() -> [SecretRange] {
        var result: [SecretRange] = []
        for next in self {
            if let last = result.last, next.range.lowerBound < last.range.upperBound {
                let isInside = next.range.upperBound <= last.range.upperBound
                result[result.count - 1] = SecretRange(
                    last.range.lowerBound..<Swift.max(last.range.upperBound, next.range.upperBound),
                    showsLength: last.showsLength && (isInside || next.showsLength)
                )
            } else {
                result.append(next)
            }
        }
        return result
    }
}
