import IMAPSession
import IMAPWire
import Masking
import Traffic

extension TextTranscript {
    /// Detail 1: keeps the note for the line of the exchange, shows findings.
    func note(_ message: MaskedMessage, _ text: RawSpan, _ session: TextSession) {
        let value = message.message
        if value.kind == .command {
            let note = self.notes.note(value, masked: message.masked, text: text, exchanges: session.exchanges)
            session.exchanges.insert(
                OpenExchanges.Entry(number: value.exchange, command: value.command, isUID: value.isUID, note: note)
            )
        }
        if let exchange = value.completes { self.end(exchange, session) }
        for consequence in value.consequences { self.show(consequence, session) }
        guard !value.findings.isEmpty else { return }
        self.speak(session)
        for finding in value.findings { self.page.write(finding, seconds: session.seconds(value.time)) }
    }

    /// Detail 2 to 4: the message, its note line, and what it caused.
    func show(_ message: MaskedMessage, _ text: RawSpan, _ session: TextSession) {
        let value = message.message
        let direction = Int(value.direction.rawValue)
        if value.kind == .command {
            session.exchanges.insert(
                OpenExchanges.Entry(number: value.exchange, command: value.command, isUID: value.isUID, note: nil)
            )
        }
        session.missing[direction] = value.missingLiteralOctets
        self.page.beginLine(seconds: session.seconds(value.time), mark: "")
        self.page.append(mark: value.direction)
        var lines = MessageText(
            layout: MessageLayout(value, text: text, literalPrefix: self.literalPrefix),
            direction: value.direction,
            masked: message.masked,
            detail: self.detail,
            streamedBefore: session.streamed[direction]
        )
        if value.direction == .client, let announced = session.announced {
            // A text that is all shown (the literal was refused) is shown again: its findings and its note need a line.
            if announced.offset == value.offset, announced.shown < text.byteCount { lines.start = announced.shown }
            session.announced = nil
        }
        let completed = value.completes
        lines.write(value, text, to: &self.page, capabilities: &session.capabilities, latency: completed?.latency)

        // What the message caused says more than what it says.
        let consequences = value.consequences
        let findings = value.findings
        var parts = consequences.isEmpty ? [] : consequences.flatMap(EventNotes.parts)
        let framing = MessageNotes.framing(value)
        if parts.isEmpty, findings.isEmpty, framing.isEmpty {
            self.notes.writeLine(
                value,
                masked: message.masked,
                text: text,
                exchanges: session.exchanges,
                to: &self.page
            )
        } else {
            let note = self.notes.note(value, masked: message.masked, text: text, exchanges: session.exchanges)
            if let note, !note.isEmpty {
                // OK to CLOSE says what the change of state says: once is enough.
                parts.removeAll { note == $0 || note.hasPrefix($0 + " · ") }
                parts.append(note)
            }
            parts.append(contentsOf: framing)
            NoteLine(parts: parts, findings: findings).write(to: &self.page)
        }
        for consequence in consequences where EventNotes.parts(consequence).isEmpty {
            self.show(consequence, session)
        }
        if let completed { self.end(completed, session) }
    }

    /// Detail 2 to 4: a command up to the literal that it waits for. The rest follows behind the server's answer.
    func announce(_ message: MaskedMessage, _ text: RawSpan, _ session: TextSession) {
        let value = message.message
        var lines = MessageText(
            layout: MessageLayout(value, text: text, literalPrefix: self.literalPrefix),
            direction: value.direction,
            masked: message.masked,
            detail: self.detail,
            streamedBefore: session.streamed[Int(value.direction.rawValue)]
        )
        if let announced = session.announced, announced.offset == value.offset { lines.start = announced.shown }
        lines.isWaiting = true
        session.announced = (value.offset, text.byteCount)
        self.page.beginLine(seconds: session.seconds(value.time), mark: "")
        self.page.append(mark: value.direction)
        lines.write(value, text, to: &self.page, capabilities: &session.capabilities, latency: nil)
    }

    /// Detail 4: octets of a long literal, as they pass and before the message that they belong to.
    func show(_ piece: LiteralPiece, _ octets: RawSpan, _ session: TextSession) {
        let direction = Int(piece.direction.rawValue)
        let end = piece.literal.offset &+ piece.literal.size
        if session.streamed[direction] != end {
            session.streamed[direction] = end
            session.passages[direction] = LiteralPassage()
            self.page.beginLine(seconds: session.seconds(piece.time), mark: "")
            self.page.append(mark: piece.direction)
            self.page.role(.note)
            self.page.write { writer in
                writer.append(headOf: piece.literal, showsSize: true)
                writer.append(" of the message at octet ")
                writer.append(decimal: piece.messageOffset)
            }
            self.page.endLine()
        }
        session.passages[direction].take(octets, isLast: piece.isLast) { content, continues in
            self.page.beginIndentedLine()
            // A line that came in parts is told from several lines by its mark.
            self.page.append(continues ? "┊ " : "│ ")
            self.page.role(TextRole(piece.direction))
            self.page.append(escaping: content)
            self.page.endLine()
        }
    }
}

extension TextPage {
    /// `C: ` or `S: `.
    mutating func append(mark direction: Direction) {
        self.role(TextRole(direction))
        self.append(direction == .client ? "C: " : "S: ")
        self.endRole()
    }
}
