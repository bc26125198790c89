import Deflate
import IMAPSession
import Traffic

// MARK: - COMPRESS=DEFLATE

extension ProxyConnection {
    /// Chooses, when the answer to COMPRESS comes in, what an OK means.
    ///
    /// While nothing loaded can edit the connection, the compressed octets are relayed and the session inflates a copy.
    /// So they are when octets that the client sent behind its command have left already: they began a stream that no
    /// other can take over.
    mutating func chooseCompression(_ edits: EditStage) {
        let hasLeft = edits.flows.client.passed > edits.flows.client.messageEnd
        self.session.inflates = !edits.canEdit || hasLeft
    }

    /// The OK to COMPRESS lies in `bytes`, the last `session.unread` octets of which are compressed: both legs' compression
    /// ends here from now on.
    mutating func terminateCompression(
        _ edits: EditStage,
        _ bytes: RawSpan,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        let end = bytes.byteCount - self.session.unread
        edits.flows[.server].seen -= UInt64(self.session.unread)
        let line = bytes.extracting(0..<end)
        // Nothing can wait any more: what leaves from here on is deflated.
        edits.flows[.server].hurry(.server, perform: perform)
        edits.flows[.server].pass(upTo: edits.flows[.server].seen, of: line, .server, perform: perform)
        let early = edits.flows[.client].held.takeAll()
        edits.flows[.client].restart(at: self.session.octets(.client))
        do throws(InflateError) {
            self.termination = try CompressionTermination(self.options.session.inflate)
        } catch {
            self.session.inflatingFailed(error, .server, at: time)
            return self.end(.reset, at: time, perform)
        }
        self.receivedCompressed(early.span.bytes, from: .client, at: time, perform)
        let rest = bytes.extracting(end..<bytes.byteCount)
        if rest.byteCount > 0 { perform(.replace(.server, end..<bytes.byteCount, with: [])) }
        self.receivedCompressed(rest, from: .server, at: time, perform)
    }

    /// Compressed octets have come in while the compression ends here. Nothing of them is forwarded as it is.
    mutating func receivedCompressed(
        _ bytes: RawSpan,
        from direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        guard let edits = self.edits, let termination = self.termination, bytes.byteCount > 0 else { return }
        let stream = termination[direction]
        guard stream.queue.isEmpty, !stream.inflater.hasPendingOutput else {
            stream.queue.append(bytes)
            return
        }
        self.inflate(edits, termination, bytes, direction, at: time, perform)
        self.settleCompression(edits, termination, at: time, perform)
    }

    private mutating func inflate(
        _ edits: EditStage,
        _ termination: CompressionTermination,
        _ bytes: RawSpan,
        _ direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        let stream = termination[direction]
        guard !stream.isUnreadable else {
            if !stream.ends, !self.session.isOpaque, bytes.byteCount > 0 {
                self.session.octetsFollowDeflate(bytes.byteCount, direction, at: time)
            }
            self.inspectInflated(edits, termination, bytes, direction, at: time, perform)
            return
        }
        if direction == .client, self.session.awaitsEndOfCompression {
            stream.queue.append(bytes)
            return
        }
        if stream.ends { stream.inflater.endAtFlush() }
        let before = stream.inflater.taken
        var failure: InflateError?
        do throws(InflateError) {
            _ = try stream.inflater.inflate(bytes, outputLimit: CompressionTermination.burst) { piece in
                self.inspectInflated(edits, termination, piece, direction, at: time, perform)
                if direction == .client, self.session.awaitsEndOfCompression { return .pause }
                if self.phase == .ended { return .pause }
                return stream.ends ? .end : .more
            }
        } catch {
            failure = error
        }
        let taken = Int(stream.inflater.taken - before)
        self.session.countCompressed(taken, from: direction)
        if let failure { self.inflatingFailed(failure, termination, direction, at: time, perform) }
        self.takeRest(edits, termination, bytes.extracting(taken..<bytes.byteCount), direction, at: time, perform)
    }

    /// What the inflater left: it waits, or it is not compressed.
    private mutating func takeRest(
        _ edits: EditStage,
        _ termination: CompressionTermination,
        _ rest: RawSpan,
        _ direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        guard self.phase != .ended else { return }
        let stream = termination[direction]
        if stream.inflater.hasEnded, !stream.isUnreadable {
            stream.isOver = stream.ends
            if !stream.ends { termination.finish(direction, perform) }
            stream.isUnreadable = true
        }
        guard rest.byteCount > 0 else { return }
        if stream.isUnreadable {
            self.inflate(edits, termination, rest, direction, at: time, perform)
        } else {
            stream.queue.append(rest)
        }
    }

    /// Octets that were inflated, or need not be.
    private mutating func inspectInflated(
        _ edits: EditStage,
        _ termination: CompressionTermination,
        _ octets: RawSpan,
        _ direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        guard self.phase != .ended else { return }
        let wasCompressed = self.session.isCompressed
        termination.isEntered = true
        octets.withUnsafeBytes { octets in
            self.inspect(edits, octets.bytes, from: direction, at: time) {
                termination.carryOut($0, chunk: octets.bytes, perform)
            }
        }
        termination.isEntered = false
        // UNAUTHENTICATE was answered with OK: the answer is the last thing that leaves deflated.
        if wasCompressed, !self.session.isCompressed {
            for direction in Direction.allCases {
                termination[direction].ends = true
                termination.stopDeflating(direction, perform)
            }
        }
    }

    private mutating func inflatingFailed(
        _ error: InflateError,
        _ termination: CompressionTermination,
        _ direction: Direction,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        if !self.session.isOpaque { self.session.inflatingFailed(error, direction, at: time) }
        if case .ratio = error.code {
            // The stream is sound: it goes on unread, a burst at a time.
            termination[direction].inflater.liftLimits()
        } else {
            // The receiver gets what the proxy cannot read, and fails where it would have failed without it.
            termination.stopDeflating(direction, perform)
            termination[direction].isUnreadable = true
        }
        if self.edits?.rules.guardsCredentials == true {
            termination.isEntered = true
            self.refuse(.unreadableBeforeClientTLS, at: time) {
                termination.carryOut($0, chunk: RawSpan(), perform)
            }
            termination.isEntered = false
        }
    }

    // MARK: - Turns

    /// After a burst: flushes it, and sees to what has to wait, for its turn or for the answer to UNAUTHENTICATE.
    private mutating func settleCompression(
        _ edits: EditStage,
        _ termination: CompressionTermination,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) {
        termination.flush(perform)
        for direction in Direction.allCases {
            let stream = termination[direction]
            let isUndecided = direction == .client && self.session.awaitsEndOfCompression
            let waits = !stream.isUnreadable && (!stream.queue.isEmpty || stream.inflater.hasPendingOutput)
            self.setPause(.inflating, direction, waits, perform)
            if waits, !isUndecided { self.scheduleInflating(direction, perform) }
            guard !waits, stream.hasClosed else { continue }
            stream.hasClosed = false
            self.closed(direction, .closed, at: time, perform: perform)
        }
        if termination.isOver { self.termination = nil }
    }

    /// Asks for the next turn, unless the receiver has to make room first.
    func scheduleInflating(_ direction: Direction, _ perform: (ProxyAction) -> Void) {
        let pauses = direction == .client ? self.clientPauses : self.serverPauses
        guard pauses == .inflating, self.phase != .ended else { return }
        perform(.startTimer(.inflate, seconds: 0))
    }

    /// The next turn of what has to wait.
    mutating func inflateFurther(at time: Timestamp, _ perform: (ProxyAction) -> Void) {
        guard let edits = self.edits, let termination = self.termination, self.phase != .ended else { return }
        for direction in Direction.allCases {
            let pauses = direction == .client ? self.clientPauses : self.serverPauses
            guard pauses == .inflating else { continue }
            let octets = termination[direction].queue.takeAll()
            self.inflate(edits, termination, octets.span.bytes, direction, at: time, perform)
        }
        self.settleCompression(edits, termination, at: time, perform)
    }

    /// The end of a stream whose octets leave deflated. Returns whether that is all there is to do.
    mutating func closedCompressed(
        _ direction: Direction,
        _ how: Closing,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) -> Bool {
        guard let termination = self.termination, !termination.isEntered else { return false }
        let stream = termination[direction]
        if how == .closed, !stream.isUnreadable, !stream.queue.isEmpty || stream.inflater.hasPendingOutput {
            stream.hasClosed = true
            return true
        }
        termination.isEntered = true
        self.closed(direction, how, at: time) { termination.carryOut($0, chunk: RawSpan(), perform) }
        termination.flush(perform)
        termination.isEntered = false
        // What the client sent behind UNAUTHENTICATE will never have a meaning.
        if direction == .server, termination.client.hasClosed, self.session.awaitsEndOfCompression {
            termination.client.queue.removeAll()
            termination.client.hasClosed = false
            return self.closedCompressed(.client, .closed, at: time, perform)
        }
        return true
    }
}
