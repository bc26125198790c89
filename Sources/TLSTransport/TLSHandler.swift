public import NIOCore

/// TLS on a channel: records below, plaintext above.
///
/// It can be added to a pipeline at any moment; the handshake begins then, or when the channel becomes active. Octets
/// that were read before it was added, behind the line that ended the cleartext, are handed to its initialiser. Writes
/// wait until the handshake is over.
public final class TLSHandler: ChannelDuplexHandler, RemovableChannelHandler {
    public typealias InboundIn = ByteBuffer
    public typealias InboundOut = ByteBuffer
    public typealias OutboundIn = ByteBuffer
    public typealias OutboundOut = ByteBuffer

    enum State {
        case idle
        case handshaking
        case established
        case failed
    }

    /// What may arrive while a handshake waits for an identity: a client is silent then.
    private static let unreadLimit = 65_536

    let tls: TLSContext
    let buffers: TLSBuffers
    var state = State.idle
    var connection: TLSConnection?
    var context: ChannelHandlerContext?
    /// Received and not yet given to OpenSSL.
    private var unread: ByteBuffer?
    private var isProcessing = false
    private var hasSeenTLS = false
    private var waitsForIdentity = false
    private var renegotiationsSeen = 0
    private var timeout: Scheduled<Void>?
    /// The handler above asked for octets and got none yet.
    private var wantsRead = false
    /// The peer's close_notify or the end of its stream has been passed on.
    private var inputClosed = false
    var outputClosed = false
    /// Whether this side ends its stream without close_notify. A stream that another peer truncated must not look whole
    /// to this one (RFC 8446 section 6.1). Set on the event loop.
    public var truncates = false
    /// Writes in order; the first `flushed` of them may go.
    var writes: [PendingWrite] = []
    var flushed = 0
    /// A half-close that came before the handshake was over.
    var heldClose: HeldClose?

    public init(_ context: TLSContext, alreadyRead: ByteBuffer? = nil, buffers: TLSBuffers = TLSBuffers()) {
        self.tls = context
        self.unread = alreadyRead
        self.buffers = buffers
    }

    // MARK: - The pipeline

    public func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { self.start(context) }
    }

    public func handlerRemoved(context: ChannelHandlerContext) {
        self.end(ChannelError.ioOnClosedChannel)
        self.context = nil
    }

    public func channelActive(context: ChannelHandlerContext) {
        self.start(context)
        context.fireChannelActive()
    }

    public func channelInactive(context: ChannelHandlerContext) {
        self.streamEnded(context)
        self.end(ChannelError.ioOnClosedChannel)
        context.fireChannelInactive()
    }

    public func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        let isKnown = self.inputClosed
        self.streamEnded(context)
        if !isKnown { context.fireUserInboundEventTriggered(event) }
    }

    public func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = self.unwrapInboundIn(data)
        guard self.state != .failed, !self.inputClosed else { return }
        if self.unread == nil { self.unread = buffer } else { self.unread?.writeBuffer(&buffer) }
        self.process(context)
    }

    public func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        switch self.state {
        case .handshaking where !self.waitsForIdentity: context.read()
        // A record in parts, or one without data, such as a ticket.
        case .established where self.wantsRead && !self.inputClosed: context.read()
        // The end of the stream follows a close_notify.
        case .established where self.inputClosed: context.read()
        default: break
        }
    }

    public func read(context: ChannelHandlerContext) {
        self.wantsRead = true
        if !self.waitsForIdentity { context.read() }
    }

    /// Answers ``TLSEvent/clientHello(serverName:keys:)`` with an identity for each kind of key; none refuses the client.
    /// On the event loop.
    public func provide(_ identities: [TLSIdentity]) {
        guard self.waitsForIdentity, let context = self.context, let connection = self.connection else { return }
        self.waitsForIdentity = false
        connection.provide(identities)
        self.process(context)
        if self.state == .handshaking || self.wantsRead { context.read() }
    }

    // MARK: - Receiving

    private func start(_ context: ChannelHandlerContext) {
        guard self.state == .idle else { return }
        self.state = .handshaking
        let limit = self.tls.common.handshakeTimeout
        self.timeout = context.eventLoop.assumeIsolated().scheduleTask(in: limit) {
            if self.state == .handshaking { self.fail(.timedOut(limit), context) }
        }
        self.process(context)
        if self.state == .handshaking, !self.waitsForIdentity { context.read() }
    }

    /// Gives OpenSSL what there is to read. What happens then may end in here again: the outer call goes on with it.
    private func process(_ context: ChannelHandlerContext) {
        guard !self.isProcessing else { return }
        self.isProcessing = true
        var goesOn = true
        while goesOn {
            switch self.state {
            case .handshaking: goesOn = self.stepHandshake(context)
            case .established: goesOn = !self.inputClosed && self.decrypt(context)
            case .idle, .failed: goesOn = false
            }
        }
        self.isProcessing = false
        if self.waitsForIdentity, let count = self.unread?.readableBytes, count > Self.unreadLimit {
            self.fail(
                .refused(nil, reason: "\(count) octets behind a ClientHello, at most \(Self.unreadLimit)"),
                context
            )
        }
    }

    /// Whether there is more to do.
    private func stepHandshake(_ context: ChannelHandlerContext) -> Bool {
        guard !self.waitsForIdentity else { return false }
        guard self.isTLS(context) else { return false }
        if self.connection == nil {
            do throws(TLSFailure) {
                self.connection = try TLSConnection(self.tls)
            } catch {
                self.fail(error, context)
                return false
            }
        }
        guard let connection = self.connection else { return false }
        var input = self.takeUnread()
        let step = connection.handshake(&input)
        self.keepUnread(input)
        if case .failed(let failure) = step {
            self.fail(failure, context)
            return false
        }
        self.sendWaitingOutput(context, flush: true)
        switch step {
        case .needsInput, .failed: return false
        case .needsIdentity:
            self.waitsForIdentity = true
            context.fireUserInboundEventTriggered(
                TLSEvent.clientHello(serverName: connection.serverName, keys: connection.acceptableKeys)
            )
            return !self.waitsForIdentity
        case .done:
            self.timeout?.cancel()
            self.timeout = nil
            self.state = .established
            context.fireUserInboundEventTriggered(TLSEvent.established(connection.facts()))
            self.established(context)
            return true
        }
    }

    /// Looks at the peer's first octet before OpenSSL sees it: a cleartext stream stays as it is. A server's connection
    /// costs no memory before that. A client speaks first, and looks when the answer comes.
    private func isTLS(_ context: ChannelHandlerContext) -> Bool {
        guard !self.hasSeenTLS else { return true }
        guard let first = self.unread?.getInteger(at: self.unread?.readerIndex ?? 0, as: UInt8.self) else {
            return self.tls.role == .client
        }
        // RFC 8446 section 5.1: handshake is 22, alert 21.
        guard first == 22 || (self.tls.role == .client && first == 21) else {
            self.fail(.notTLS(self.takeUnread()), context)
            return false
        }
        self.hasSeenTLS = true
        return true
    }

    /// Whether there is more to do.
    private func decrypt(_ context: ChannelHandlerContext) -> Bool {
        guard let connection = self.connection else { return false }
        var plaintext = self.buffers.take(context.channel.allocator)
        var input = self.takeUnread()
        let step = connection.read(&input, into: &plaintext)
        self.keepUnread(input)
        if plaintext.readableBytes > 0 {
            self.wantsRead = false
            context.fireChannelRead(self.wrapInboundOut(plaintext))
        }
        self.buffers.put(plaintext)
        guard self.state == .established else { return false }
        if case .failed(let failure) = step {
            self.fail(failure, context)
            return false
        }
        self.sendWaitingOutput(context, flush: true)
        self.noteRenegotiation(connection, context)
        switch step {
        case .full: return self.state == .established
        case .needsInput, .failed: return false
        case .closed:
            self.unread = nil
            self.inputClosed = true
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
            return false
        }
    }

    private func noteRenegotiation(_ connection: TLSConnection, _ context: ChannelHandlerContext) {
        let count = connection.renegotiationsRefused
        guard count > self.renegotiationsSeen else { return }
        self.renegotiationsSeen = count
        if count > TLSConnection.renegotiationLimit {
            self.fail(.renegotiationFlood(requests: count, limit: TLSConnection.renegotiationLimit), context)
        } else {
            context.fireUserInboundEventTriggered(TLSEvent.renegotiationRefused)
        }
    }

    private func takeUnread() -> ByteBuffer {
        defer { self.unread = nil }
        return self.unread ?? ByteBuffer()
    }

    private func keepUnread(_ input: ByteBuffer) {
        if input.readableBytes > 0 { self.unread = input } else if input.capacity > 0 { self.buffers.decrypted(input) }
    }

    // MARK: - Ends

    /// The peer's TCP stream is over.
    private func streamEnded(_ context: ChannelHandlerContext) {
        guard !self.inputClosed else { return }
        self.inputClosed = true
        switch self.state {
        case .idle, .failed: break
        case .handshaking: self.fail(.closedInHandshake, context)
        case .established: context.fireUserInboundEventTriggered(TLSEvent.truncated)
        }
    }

    func fail(_ failure: TLSFailure, _ context: ChannelHandlerContext) {
        guard self.state != .failed else { return }
        self.state = .failed
        // The alert, if there is one.
        self.sendWaitingOutput(context, flush: true)
        self.end(failure)
        context.fireUserInboundEventTriggered(TLSEvent.failed(failure))
    }

    private func end(_ error: any Error) {
        self.state = .failed
        self.timeout?.cancel()
        self.timeout = nil
        self.unread = nil
        self.waitsForIdentity = false
        self.connection = nil
        let writes = self.writes
        self.writes = []
        self.flushed = 0
        for write in writes { write.promise?.fail(error) }
        let close = self.heldClose
        self.heldClose = nil
        close?.promise?.fail(error)
    }
}
