import IMAPSession
import IMAPWire
import Traffic

/// Writes the octets of one message as lines of a page: its own lines, and each literal below the line that announces it.
struct MessageText {
    let layout: MessageLayout
    let direction: Direction
    let masked: [SecretRange]
    let detail: TextDetail
    /// Literals that begin before this octet of the stream were shown while they passed.
    var streamedBefore: UInt64 = 0
    /// What stands before this octet of the text was shown when the command announced its literal.
    var start = 0
    /// Ends with the line that announces the first literal.
    var isFirstLineOnly = false
    /// The last literal has not been accepted yet.
    var isWaiting = false

    private static let shortPreview = 60
    private static let longPreview = 256

    /// Writes the message behind the stamp of a line that has begun.
    ///
    /// - Parameter latency: stands at the end of the first line, in nanoseconds.
    func write(
        _ message: Message,
        _ text: RawSpan,
        to page: inout TextPage,
        capabilities: inout ShownCapabilities,
        latency: Int64?
    ) {
        var position = self.start
        var isFirst = true
        for literal in self.isWaiting ? message.literals.dropLast() : message.literals[...] {
            let kept = self.layout.kept(literal)
            guard kept.lowerBound >= position, literal.textOffset >= self.start else { continue }
            if kept.lowerBound > position || position == 0 {
                let line = MessageLayout.content(text, position..<kept.lowerBound)
                self.writeLine(
                    message,
                    text,
                    line,
                    isFirst: isFirst,
                    to: &page,
                    capabilities: &capabilities,
                    latency: latency
                )
                isFirst = false
                if self.isFirstLineOnly { return }
            }
            self.write(literal, kept, text, isFirst: isFirst, to: &page)
            isFirst = false
            position = kept.upperBound
        }
        let line = MessageLayout.content(text, position..<text.byteCount)
        guard isFirst || !line.isEmpty else { return }
        self.writeLine(message, text, line, isFirst: isFirst, to: &page, capabilities: &capabilities, latency: latency)
    }

    private func writeLine(
        _ message: Message,
        _ text: RawSpan,
        _ line: Range<Int>,
        isFirst: Bool,
        to page: inout TextPage,
        capabilities: inout ShownCapabilities,
        latency: Int64?
    ) {
        if !isFirst { page.beginIndentedLine() }
        page.role(TextRole(self.direction))
        var cut: LineCut?
        if self.detail <= .messages {
            if isFirst {
                let list = CapabilityWords(message, text: text)
                cut = LineCut(capabilities: list, shown: &capabilities)
            }
            // A list that was cut may stand in a line that is long all the same.
            if line.count - (cut?.range.count ?? 0) > LineCut.longest {
                cut = LineCut(longLine: text, line, masked: self.masked)
            }
        }
        page.write { writer in
            guard let cut else {
                writer.append(text, line, masked: self.masked, escaped: .terminal)
                return
            }
            writer.append(text, line.lowerBound..<cut.range.lowerBound, masked: self.masked, escaped: .terminal)
            cut.write(to: &writer)
            writer.append(text, cut.range.upperBound..<line.upperBound, masked: self.masked, escaped: .terminal)
        }
        page.endRole()
        if isFirst, let latency { page.append(right: latency) }
        page.endLine()
    }

    // MARK: - Literals

    private func write(
        _ literal: LiteralRecord,
        _ kept: Range<Int>,
        _ text: RawSpan,
        isFirst: Bool,
        to page: inout TextPage
    ) {
        let secrets = self.masked.filter { $0.range.overlaps(kept) }
        let wasStreamed = literal.offset < self.streamedBefore
        if !isFirst { page.beginIndentedLine() }
        page.role(.note)
        page.write { writer in
            writer.append(headOf: literal, showsSize: secrets.allSatisfy(\.showsLength))
            if literal.received == 0, literal.size > 0 {
                writer.append(" · never sent")
            } else if literal.received < literal.size {
                writer.append(" · only ")
                writer.append(octets: literal.received)
                writer.append(" came")
            }
            if wasStreamed { writer.append(" · shown above") }
        }
        page.endRole()
        if self.detail <= .messages, !kept.isEmpty {
            page.append(" · ")
            page.role(TextRole(self.direction))
            self.writeShortPreview(literal, kept, text, secrets, to: &page)
        }
        page.endLine()
        if self.detail >= .previews, !wasStreamed { self.writeLines(literal, kept, text, secrets, to: &page) }
    }

    private func writeShortPreview(
        _ literal: LiteralRecord,
        _ kept: Range<Int>,
        _ text: RawSpan,
        _ secrets: [SecretRange],
        to page: inout TextPage
    ) {
        let shown = MessageText.prefix(of: kept, MessageText.shortPreview, text, secrets)
        page.append("\"")
        var position = shown.lowerBound
        while position < shown.upperBound {
            let end = MessageText.lineEnd(text, position..<shown.upperBound, secrets)
            let content = MessageLayout.content(text, position..<end)
            page.write { $0.append(text, content, masked: secrets, escaped: .terminal) }
            if content.upperBound < end { page.append("↵") }
            position = end
        }
        if UInt64(shown.count) < literal.received { page.append("…") }
        page.append("\"")
    }

    private func writeLines(
        _ literal: LiteralRecord,
        _ kept: Range<Int>,
        _ text: RawSpan,
        _ secrets: [SecretRange],
        to page: inout TextPage
    ) {
        let length = self.detail == .everything ? kept.count : MessageText.longPreview
        let shown = MessageText.prefix(of: kept, length, text, secrets)
        var position = shown.lowerBound
        while position < shown.upperBound {
            let end = MessageText.lineEnd(text, position..<shown.upperBound, secrets)
            let content = MessageLayout.content(text, position..<end)
            page.beginIndentedLine()
            page.append("│ ")
            page.role(TextRole(self.direction))
            page.write { $0.append(text, content, masked: secrets, escaped: .terminal) }
            page.endLine()
            position = end
        }
        let rest = literal.received - min(UInt64(shown.count), literal.received)
        guard rest > 0 else { return }
        page.beginIndentedLine()
        page.role(.note)
        page.append("│ … ")
        page.write { $0.append(octets: rest) }
        page.append(" more")
        page.endLine()
    }

    /// The first octets of `range`, no character and no mask cut in two.
    private static func prefix(of range: Range<Int>, _ length: Int, _ text: RawSpan, _ secrets: [SecretRange]) -> Range<
        Int
    > {
        guard range.count > length else { return range }
        var end = range.lowerBound + length
        while end > range.lowerBound, text[end] & 0xC0 == 0x80 { end -= 1 }
        for secret in secrets where secret.range.contains(end) { end = min(secret.range.upperBound, range.upperBound) }
        return range.lowerBound..<end
    }

    /// Where the line at the beginning of `range` ends, its LF included; masks hold no line ends.
    private static func lineEnd(_ text: RawSpan, _ range: Range<Int>, _ secrets: [SecretRange]) -> Int {
        var index = range.lowerBound
        while index < range.upperBound {
            if let secret = secrets.first(where: { $0.range.contains(index) }) {
                index = min(secret.range.upperBound, range.upperBound)
                continue
            }
            index += 1
            if text[index - 1] == 0x0A { return index }
        }
        return range.upperBound
    }
}

extension ByteWriter {
    /// `{312} literal · 312 octets`; without its size where that is part of a secret.
    mutating func append(headOf literal: LiteralRecord, showsSize: Bool) {
        guard showsSize else {
            self.append(literal.kind)
            return
        }
        if literal.form.binary { self.append(UInt8(ascii: "~")) }
        self.append(UInt8(ascii: "{"))
        self.append(decimal: literal.size)
        if literal.form.nonSynchronizing { self.append(UInt8(ascii: "+")) }
        self.append("} ")
        self.append(literal.form.binary ? "literal8" : "literal")
        self.append(" · ")
        self.append(octets: literal.size)
    }
}
