public import IMAPSession
public import IMAPWire
public import Masking
public import Traffic

/// What `imapscope parse` writes: one object, or one block of text, for each message of one direction.
///
/// It is a sink, so that the messages come through the same session and masks as anywhere else. What is found between
/// messages belongs to the message before, so each object stays open until the next; ``finish()`` ends the last one.
public final class ParseReport: BufferedSink {
    public enum Format: Sendable, Hashable {
        case text
        case jsonLines
    }

    /// How much the text shows; JSON lines always show everything.
    public enum Detail: Int, Sendable, Hashable, Comparable, CaseIterable {
        /// The totals at the end.
        case totals = 0
        /// The first line of each message, without its note.
        case lines = 1
        /// Each message with its note and the beginnings of its literals.
        case messages = 2
        /// Longer beginnings of literals.
        case previews = 3
        /// Literals whole, as far as the message's text holds them.
        case everything = 4

        public static func < (left: Detail, right: Detail) -> Bool { left.rawValue < right.rawValue }

        var text: TextDetail { TextDetail(rawValue: max(self.rawValue, TextDetail.messages.rawValue)) ?? .messages }
    }

    let format: Format
    let detail: Detail
    let literalPrefix: Int
    private var page: TextPage
    private var notes: MessageNotes
    private var exchanges = OpenExchanges()
    private var capabilities = ShownCapabilities()
    private var isObjectOpen = false
    private var findingsInObject = 0
    /// Findings that came before the first message.
    private var early: [Finding] = []
    private var totals = ParseTotals()

    /// - Parameters:
    ///   - detail: for text only.
    ///   - color: for text only.
    ///   - limits: those of the framer, which say how much of a literal a message's text holds.
    public init(
        output: any TranscriptOutput,
        format: Format,
        detail: Detail = .messages,
        color: Bool = false,
        limits: WireLimits = .standard
    ) {
        self.format = format
        self.detail = detail
        self.literalPrefix = limits.literalPrefix
        self.page = TextPage(output, color: color && format == .text)
        self.notes = MessageNotes(literalPrefix: limits.literalPrefix)
    }

    public var wantsLiterals: Bool { false }

    public func demand(for message: Message, session: ConnectionID) -> TextDemand {
        self.format == .text && self.detail == .totals ? .none : .text
    }

    public func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {}
    public func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {}

    public func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        let value = message.message
        if self.format == .text {
            self.totals.count(value)
            guard self.detail > .totals else { return }
        }
        if value.kind == .command {
            self.exchanges.insert(
                OpenExchanges.Entry(number: value.exchange, command: value.command, isUID: value.isUID, note: nil)
            )
        }
        let note = self.notes.note(value, masked: message.masked, text: text, exchanges: self.exchanges)
        let findings = self.early + value.findings
        self.early = []
        self.render(value, masked: message.masked, text: text, note: note, findings: findings)
        if let exchange = value.completes { _ = self.exchanges.remove(exchange.number) }
    }

    public func event(_ event: SessionEvent, session: ConnectionID) {
        switch event {
        case .exchangeBegan(let exchange): self.exchanges.insert(exchange)
        case .exchangeEnded(let exchange): _ = self.exchanges.remove(exchange.number)
        case .finding(let finding, _): self.add(finding)
        default: break
        }
    }

    /// Hands over what is complete.
    public func flush() {
        if !self.isObjectOpen { self.page.output.flush() }
    }

    /// Ends the last object and hands over everything.
    public func finish() {
        self.endObject()
        self.page.output.flush()
    }

    /// Ends the report: at the lowest detail the totals are all there is.
    public func end() {
        if self.format == .text, self.detail == .totals {
            self.page.beginLine()
            self.page.write { self.totals.write(to: &$0) }
            self.page.endLine()
        }
        self.finish()
    }

    /// Renders one message; secrets in `text` are overwritten already.
    public func render(
        _ message: Message,
        masked: [SecretRange],
        text: RawSpan,
        note: String?,
        findings: [Finding]
    ) {
        self.endObject()
        let layout = MessageLayout(message, text: text, literalPrefix: self.literalPrefix)
        switch self.format {
        case .text: self.renderText(layout, masked, text, note, findings)
        case .jsonLines: self.renderObject(layout, masked, text, note, findings)
        }
    }

    // MARK: - JSON

    private func renderObject(
        _ layout: MessageLayout,
        _ masked: [SecretRange],
        _ text: RawSpan,
        _ note: String?,
        _ findings: [Finding]
    ) {
        let message = layout.message
        self.page.write { writer in
            writer.append(#"{"offset":"#)
            writer.append(decimal: message.offset)
            writer.append(#","length":"#)
            writer.append(decimal: message.length)
            writer.append(#","kind":""#)
            writer.append(message.kind.word)
            writer.append(#"","tag":"#)
            if message.tag.isEmpty {
                writer.append("null")
            } else {
                writer.append(octetString: text, message.tag, masked: masked)
            }
            writer.append(#","name":"#)
            if message.name.isEmpty {
                writer.append("null")
            } else {
                writer.append(octetString: text, message.name, masked: masked)
            }
            writer.append(#","complete":"#)
            writer.append(message.complete)
            writer.append(#","text":"#)
            writer.append(textOf: layout, text, masked: masked)
            writer.append(#","note":"#)
            writer.append(prose: note)
            writer.append(#","literals":"#)
            writer.append(literalsOf: layout, text, masked: masked)
            writer.append(#","quirks":"#)
            writer.append(message.quirks)
            writer.append(#","findings":["#)
        }
        self.isObjectOpen = true
        self.findingsInObject = 0
        for finding in findings { self.add(finding) }
    }

    private func add(_ finding: Finding) {
        guard self.format == .jsonLines else {
            self.totals.findings += 1
            guard self.detail >= .messages else { return }
            NoteLine(parts: [], findings: [finding]).write(to: &self.page)
            return
        }
        guard self.isObjectOpen else {
            self.early.append(finding)
            return
        }
        self.page.write { writer in
            if self.findingsInObject > 0 { writer.append(",") }
            writer.append(#"{"id":"#)
            writer.append(prose: finding.id)
            writer.append(#","severity":"#)
            writer.append(prose: finding.severity.name)
            writer.append(#","text":"#)
            writer.append(prose: finding.text)
            writer.append(#","offset":"#)
            writer.append(decimal: finding.offset)
            writer.append(#","reference":"#)
            writer.append(prose: finding.reference)
            writer.append("}")
        }
        self.findingsInObject += 1
    }

    private func endObject() {
        guard self.isObjectOpen else { return }
        self.isObjectOpen = false
        self.page.write { $0.append("]}\n") }
        self.page.output.lineEnded()
    }

    // MARK: - Text

    private func renderText(
        _ layout: MessageLayout,
        _ masked: [SecretRange],
        _ text: RawSpan,
        _ note: String?,
        _ findings: [Finding]
    ) {
        let message = layout.message
        self.page.beginLine(offset: message.offset)
        self.page.append(mark: message.direction)
        MessageText(
            layout: layout,
            direction: message.direction,
            masked: masked,
            detail: self.detail.text,
            isFirstLineOnly: self.detail == .lines
        )
        .write(message, text, to: &self.page, capabilities: &self.capabilities, latency: nil)
        guard self.detail >= .messages else { return }
        var parts: [String] = []
        if let note, !note.isEmpty { parts.append(note) }
        parts.append(contentsOf: MessageNotes.framing(message))
        NoteLine(parts: parts, findings: findings).write(to: &self.page)
    }
}

extension TextPage {
    /// Begins a line with an offset in the place of the time.
    fileprivate mutating func beginLine(offset: UInt64) {
        self.beginLine()
        self.role(.time)
        let digits = String(offset)
        self.write { writer in
            writer.append(UInt8(ascii: " "), times: 7 - digits.utf8.count)
            writer.append(verbatim: digits)
        }
        self.endRole()
        self.append(" ")
    }
}
