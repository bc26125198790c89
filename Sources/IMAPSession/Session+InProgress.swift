import IMAPProtocol
import IMAPWire
public import Traffic

// MARK: - What a proxy asks while it keeps messages back

extension Session {
    /// The message of `direction` that has begun and is not whole, as far as its beginning tells: its kind, its name, its
    /// literals. Nil while its name is not there, and for lines whose meaning their place decides (AUTHENTICATE, IDLE).
    ///
    /// To be asked when a chunk has been read. Nothing is kept for it.
    public func messageInProgress(_ direction: Direction) -> Message? {
        let framer = direction == .client ? self.client : self.server
        guard !self.isOpaque, framer.isInsideMessage else { return nil }
        let text = framer.assembledText
        var tokenizer = self.tokenizer
        var message = Message(
            kind: .command,
            direction: direction,
            number: self.messageCount + 1,
            time: self.lastTime,
            frame: framer.partialMessage
        )
        switch direction {
        case .client:
            guard framer.language == .commands,
                let head = CommandHead(text.span.bytes, tokenizer: &tokenizer), !head.name.isEmpty,
                head.name.upperBound < text.count, !head.isUID || head.command != nil
            else { return nil }
            message.tag = head.tag
            message.name = head.name
            message.command = head.command
            message.isUID = head.isUID
            message.arguments = head.arguments
        case .server:
            let head = ResponseHead(text.span.bytes)
            switch head.kind {
            case .untagged: message.kind = self.state == .greeting ? .greeting : .untagged
            case .tagged: message.kind = .tagged
            case .continuation: message.kind = .continuation
            // A tag alone may still become anything.
            case .unparsed: return nil
            }
            guard head.kind == .continuation || head.name.upperBound < text.count else { return nil }
            if head.kind == .untagged, head.name.isEmpty, head.response == nil { return nil }
            message.tag = head.tag
            message.name = head.name
            message.response = head.response
            message.sequenceNumber = head.number
            message.arguments = head.arguments
        }
        return message
    }

    /// Whether the octets of a literal come next in `direction`, of which none or some have been read.
    public func isInLiteral(_ direction: Direction) -> Bool {
        (direction == .client ? self.client : self.server).literalRemaining != nil
    }

    /// When the last octet came in.
    public var now: Timestamp { self.lastTime }

    /// Whether an AUTHENTICATE is in progress.
    public var isAuthenticating: Bool { self.authentication != nil }

    /// imapscope answered the command of `exchange` with something that completes nothing, or not at all: what the client
    /// sends next is read as a command again.
    public mutating func giveUp(_ exchange: Int, at time: Timestamp) {
        // A client that waits for its literal to be wanted says nothing more.
        if case .literal(exchange) = self.gate { return }
        guard let index = self.running.firstIndex(where: { $0.number == exchange }) else { return }
        let ended = self.running.remove(at: index)
        self.observer.event(.exchangeEnded(ended))
        if self.ownSTARTTLS == exchange { self.ownSTARTTLS = 0 }
        if self.idle == exchange { self.idle = 0 }
        if self.authentication?.exchange == exchange {
            self.authentication = nil
            self.client.language = .commands
        }
        if self.sending == exchange { self.sending = 0 }
        guard self.gate?.exchange == exchange else { return }
        self.gate = nil
        self.drainHeld(at: time)
    }
}
