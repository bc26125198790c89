import IMAPProtocol
import IMAPWire
import Traffic

// MARK: - What stands before a long literal

extension Session {
    /// Tells the beginning of a message once, as the first octets of its long literal pass: who writes streams down needs
    /// it before them, and what the literal is stands in it.
    mutating func tellPassing(_ literal: LiteralRecord, _ direction: Direction, at time: Timestamp) {
        switch direction {
        case .client:
            guard self.passing.client != literal.offset else { return }
            self.passing.client = literal.offset
            let text = self.client.assembledText
            let head = text.span.bytes.extracting(0..<min(literal.textOffset, text.count))
            guard let message = self.partialCommand(head, at: time) else { return }
            self.observer.passing(message, text: head)
        case .server:
            guard self.passing.server != literal.offset else { return }
            self.passing.server = literal.offset
            let text = self.server.assembledText
            let head = text.span.bytes.extracting(0..<min(literal.textOffset, text.count))
            self.observer.passing(self.partialResponse(head, at: time), text: head)
        }
    }

    /// The command that is being sent, as far as it came; nil when there is no telling what it is.
    mutating func partialCommand(_ text: RawSpan, at time: Timestamp) -> Message? {
        guard let head = CommandHead(text, tokenizer: &self.tokenizer) else { return nil }
        var frame = self.client.partialMessage
        frame.missing.removeAll { $0.upperBound > text.byteCount }
        var message = Message(
            kind: .command,
            direction: .client,
            number: self.messageCount + 1,
            time: time,
            frame: frame
        )
        let classified = SecretClassifier.secrets(
            in: text,
            head: head,
            authenticated: self.state == .authenticated || self.state == .selected,
            tokenizer: &self.tokenizer
        )
        message.secrets = Self.masks(classified.ranges, frame)
        message.tag = head.tag
        message.name = head.name
        message.command = head.command
        message.isUID = head.isUID
        message.arguments = head.arguments
        message.exchange = self.sending
        return message
    }

    private func partialResponse(_ text: RawSpan, at time: Timestamp) -> Message {
        let head = ResponseHead(text)
        var frame = self.server.partialMessage
        frame.missing.removeAll { $0.upperBound > text.byteCount }
        var message = Message(
            kind: .untagged,
            direction: .server,
            number: self.messageCount + 1,
            time: time,
            frame: frame
        )
        message.tag = head.tag
        message.name = head.name
        message.response = head.response
        message.sequenceNumber = head.number
        message.arguments = head.arguments
        message.secrets = Self.masks(SecretClassifier.secrets(in: text, response: head.response), frame)
        return message
    }
}
