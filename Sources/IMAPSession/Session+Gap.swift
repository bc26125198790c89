import IMAPWire
public import Traffic

// MARK: - Octets that the source does not have

extension Session {
    /// The source begins in the middle of the connection: what comes first may be the rest of anything.
    public mutating func beginsMidStream() {
        self.isPartial = true
        self.state = .notAuthenticated
        self.lostServer = true
        self.loseLines()
    }

    /// Octets of one direction that a capture does not hold.
    ///
    /// Inside a literal its count goes on; elsewhere the message is cut, and the stream is read again from the next line
    /// that can only be a message. Nothing that stood in the gap is made up.
    public mutating func gap(_ octets: UInt64, from direction: Direction, at time: Timestamp) {
        guard octets > 0 else { return }
        self.lastTime = time
        self.isPartial = true
        self.observer.event(
            .gap(direction: direction, offset: self.octets(direction), octets: octets, time: time)
        )
        if self.opaqueLayer == nil, let stream = self.compression?[direction], !stream.isOver {
            // The history that later octets refer to is gone (RFC 1951 section 3.2.3).
            self.report(.compressedGap(octets, direction, at: self.octets(direction)), at: time)
            self.becomeOpaque(.deflate)
            self.drainHeld(at: time)
        }
        if self.opaqueLayer != nil {
            if direction == .client { self.client.skip(octets: octets) } else { self.server.skip(octets: octets) }
            return
        }
        switch direction {
        case .client: self.clientGap(octets, at: time)
        case .server: self.serverGap(octets, at: time)
        }
    }

    // MARK: - The client's direction

    private mutating func clientGap(_ octets: UInt64, at time: Timestamp) {
        self.openGate(at: time)
        if self.lostLines != nil || self.lostClient != nil {
            self.releaseSearch(at: time)
            self.releaseLostLine(at: time)
            self.lostClient = nil
            self.client.skip(octets: octets)
            self.loseLines()
            return
        }
        let literal = self.client.currentLiteral
        switch self.client.gap(octets) {
        case .insideLiteral: self.tellMissing(literal, .client, at: time)
        case .cut(let frame):
            let text = self.client.assembledText
            self.clientMessage(
                frame,
                text.span.bytes,
                at: time,
                findings: [.cutByGap(octets, .client, at: frame.offset + frame.length)]
            )
            self.loseLines()
        case .betweenMessages: self.loseLines()
        }
    }

    // MARK: - The server's direction

    private mutating func serverGap(_ octets: UInt64, at time: Timestamp) {
        self.settleLiteralAtEnd(at: time)
        let literal = self.server.currentLiteral
        switch self.server.gap(octets) {
        case .insideLiteral:
            self.tellMissing(literal, .server, at: time)
            return
        case .cut(let frame):
            let text = self.server.assembledText
            self.serverMessage(
                frame,
                text.span.bytes,
                at: time,
                findings: [.cutByGap(octets, .server, at: frame.offset + frame.length)]
            )
        case .betweenMessages: break
        }
        self.lostServer = true
        // The answer that a gate waits for may have stood there.
        switch self.gate {
        case .starttls, .compress, .unauthenticate: self.answerIsLost = true
        case .literal, .authenticate, .idle: self.openGate(at: time)
        case nil: if self.client.language == .lines { self.client.language = .linesOrCommands }
        }
    }

    /// What the client sends now is no longer decided by an answer: it is read as the most plausible thing.
    private mutating func openGate(at time: Timestamp) {
        switch self.gate {
        case .literal: self.client.acceptLiteral()
        case .authenticate, .idle: self.client.language = .linesOrCommands
        case .starttls, .compress, .unauthenticate, nil: return
        }
        self.gate = nil
        self.drainHeld(at: time)
    }

    /// The first octet behind a switch whose answer is lost tells what was answered.
    mutating func decideWithoutAnswer(_ first: UInt8, at time: Timestamp) {
        guard self.answerIsLost, let gate = self.gate else { return }
        self.answerIsLost = false
        let layer: TransportChange.Layer?
        switch gate {
        case .starttls: layer = (0x14...0x17).contains(first) ? .tls : nil
        // Letters and digits begin a tag; a DEFLATE block that begins like one cannot be told from it.
        case .compress: layer = first &- 0x30 < 10 || (first & 0xDF) &- 0x41 < 26 ? nil : .deflate
        default: layer = nil
        }
        self.gate = nil
        guard let layer else { return self.drainHeld(at: time) }
        self.becomeOpaque(layer)
        self.observer.event(
            .transportChange(
                TransportChange(
                    layer: layer,
                    clientOffset: self.client.offset,
                    serverOffset: self.server.offset,
                    handling: layer == .deflate ? .unread : nil,
                    time: time
                )
            )
        )
        self.drainHeld(at: time)
    }

    /// Tells whoever follows a long literal that a part of it does not come.
    private mutating func tellMissing(_ literal: LiteralRecord?, _ direction: Direction, at time: Timestamp) {
        let current = direction == .client ? self.client.currentLiteral : self.server.currentLiteral
        let remaining = direction == .client ? self.client.literalRemaining : self.server.literalRemaining
        guard self.options.reportsLiterals, remaining == nil, let current,
            current.size > UInt64(self.options.limits.literalPrefix)
        else { return }
        self.tellLiteral(current, RawSpan(), remaining: 0, direction, at: time)
    }
}
