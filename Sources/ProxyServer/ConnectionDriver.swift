import IMAPSession
import NIOCore
import NIOPosix
import ProxyCore
import TLSTransport
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Runs one ``ProxyConnection`` on an event loop: turns what happens to its two sockets into inputs, and carries its
/// actions out. Lives on that loop only.
final class ConnectionDriver {
    enum Input {
        case closed(Direction, Closing)
        case writability(Direction, Bool)
        case outputsBlocked(Bool)
        case timer(ProxyAction.TimerKind)
        case connected
        case connectFailed(String)
        case drain
        case tlsEstablished(Leg, IMAPSession.TLSFacts)
        case tlsFailed(Leg, TLSHandshakeFailure)
        case tlsNoticed(Leg, TLSNotice)
        case interrupt
    }

    /// One leg: the socket that its direction is read from.
    struct LegState {
        var context: ChannelHandlerContext?
        var mayRead = false
        /// The peer sent its FIN.
        var inputClosed = false
        var hasEnded = false
        /// Its TLS handshake is over: what goes wrong from now on ends the connection like an RST.
        var hasTLS = false
        var tls: TLSHandler?
    }

    let id: ConnectionID
    let loop: LoopState
    let listener: Listener
    private(set) var connection: ProxyConnection
    /// The client's handshake that wants a certificate.
    let certificate = CertificateWish()
    private var client = LegState()
    private var upstream = LegState()
    private var timers: [ProxyAction.TimerKind: Scheduled<Void>] = [:]
    /// What the client sent, and its FIN, before the upstream connection was open. NIO reads up to a FIN whether
    /// asked to or not; the kernel's receive buffer bounds it.
    private var early: [ByteBuffer] = []
    private var earlyClose = false
    private var hasConnected = false
    private(set) var hasEnded = false
    /// A person was asked about a message of this connection.
    var hasIntercepted = false
    private var isBusy = false
    /// Inputs that arose while an action was being carried out.
    private var deferred: [Input] = []

    init(id: ConnectionID, description: SessionDescription, listener: Listener, loop: LoopState) {
        self.id = id
        self.listener = listener
        var options = loop.configuration.options
        options.client = listener.leg
        self.loop = loop
        self.connection = ProxyConnection(
            description: description,
            options: options,
            observer: loop.outputs.observer(for: id)
        )
    }

    // MARK: - Legs

    subscript(direction: Direction) -> LegState {
        get { direction == .client ? self.client : self.upstream }
        _modify {
            if direction == .client { yield &self.client } else { yield &self.upstream }
        }
    }

    func attach(_ context: ChannelHandlerContext, _ direction: Direction) {
        self[direction].context = context
        guard direction == .server else { return }
        for buffer in self.early { context.write(NIOAny(buffer), promise: nil) }
        if !self.early.isEmpty { context.flush() }
        self.early = []
        if self.earlyClose { context.channel.closeOutputWhenWritten() }
    }

    func detach(_ direction: Direction) {
        self[direction].context = nil
        self[direction].tls = nil
    }

    /// The client's channel is set up: begins to connect.
    func start() {
        self.run { $0.accepted(perform: $2) }
    }

    func legEnded(_ direction: Direction) {
        self[direction].hasEnded = true
        let other = direction.opposite
        guard self[other].hasEnded || self[other].context == nil else { return }
        self.certificate.settle()
        if self.hasIntercepted { self.loop.configuration.interceptor?.connectionEnded(self.id) }
        for timer in self.timers.values { timer.cancel() }
        self.timers = [:]
        self.loop.ended(self.id)
    }

    // MARK: - Inputs

    /// The hot path: octets of one read.
    func received(_ buffer: ByteBuffer, from direction: Direction) {
        self.isBusy = true
        self.connection.received(buffer.readableBytesSpan, from: direction, at: .now) { action in
            self.perform(action, chunk: buffer)
        }
        self.isBusy = false
        self.loop.receiveBuffer.put(buffer)
        self.loop.scheduleFlush()
        if self.certificate.waits { self.grantCertificate() }
        if !self.deferred.isEmpty { self.runDeferred() }
    }

    func readCompleted(_ direction: Direction) {
        if self[direction].mayRead { self[direction].context?.read() }
    }

    func input(_ input: Input) {
        if case .closed(let direction, _) = input { self[direction].inputClosed = true }
        self.deferred.append(input)
        if !self.isBusy { self.runDeferred() }
    }

    private func runDeferred() {
        while !self.deferred.isEmpty {
            let input = self.deferred.removeFirst()
            self.run { connection, now, perform in
                switch input {
                case .closed(let direction, let how): connection.closed(direction, how, at: now, perform: perform)
                case .writability(let direction, let isWritable):
                    connection.writabilityChanged(direction, isWritable: isWritable, perform: perform)
                case .outputsBlocked(let isBlocked): connection.outputsBlocked(isBlocked, perform: perform)
                case .timer(let kind): connection.timer(kind, at: now, perform: perform)
                case .connected: connection.connected(at: now, perform: perform)
                case .connectFailed(let reason): connection.connectFailed(reason, at: now, perform: perform)
                case .tlsEstablished(let leg, let facts):
                    connection.tlsEstablished(leg, facts, at: now, perform: perform)
                case .tlsFailed(let leg, let failure):
                    connection.tlsFailed(leg, failure, at: now, perform: perform)
                case .tlsNoticed(let leg, let notice):
                    connection.tlsNoticed(leg, notice, at: now, perform: perform)
                case .drain: connection.drain(at: now, perform: perform)
                case .interrupt: connection.timer(.drain, at: now, perform: perform)
                }
            }
        }
        if self.deferred.capacity > 0 { self.deferred = [] }
    }

    /// Takes a person's decision; nil when it was taken.
    func decide(_ number: Int, _ decision: InterceptionDecision) -> InterceptionError? {
        var refused: InterceptionError?
        self.run { connection, now, perform in
            do throws(InterceptionError) {
                try connection.decide(number, decision, at: now, perform: perform)
            } catch {
                refused = error
            }
        }
        if !self.deferred.isEmpty { self.runDeferred() }
        return refused
    }

    private func run(_ body: (inout ProxyConnection, Timestamp, (ProxyAction) -> Void) -> Void) {
        self.isBusy = true
        body(&self.connection, .now) { self.perform($0, chunk: nil) }
        self.isBusy = false
        self.loop.scheduleFlush()
        if self.certificate.waits { self.grantCertificate() }
    }

    // MARK: - Actions

    private func perform(_ action: ProxyAction, chunk: ByteBuffer?) {
        switch action {
        case .forward(let direction, let range):
            guard let chunk else { return }
            self.forward(chunk, range, direction)
        case .replace(let direction, _, let octets), .release(let direction, let octets),
            .inject(let direction, let octets):
            self.send(octets, direction)
        case .hold: break
        case .upgradeTLS(let leg, let alreadyRead): self.upgradeTLS(leg, alreadyRead)
        case .openUpstream: self.openUpstream()
        case .closeOutput(let direction): self.closeOutput(direction)
        case .reset:
            self.hasEnded = true
            self.reset(.client)
            self.reset(.server)
        case .close:
            self.hasEnded = true
            self.finish(.client)
            self.finish(.server)
        case .pauseReading(let direction): self[direction].mayRead = false
        case .resumeReading(let direction):
            self[direction].mayRead = true
            self[direction].context?.read()
        case .startTimer(let kind, let seconds): self.startTimer(kind, .seconds(Int64(seconds)))
        case .startDelay(let kind, let nanoseconds): self.startTimer(kind, .nanoseconds(nanoseconds))
        case .intercept(let interception): self.intercept(interception)
        case .cancelTimer(let kind): self.timers.removeValue(forKey: kind)?.cancel()
        }
    }

    private func forward(_ chunk: ByteBuffer, _ range: Range<Int>, _ direction: Direction) {
        guard !range.isEmpty else { return }
        guard let receiver = self[direction.opposite].context else {
            // A copy: the receive buffer is used again at once.
            if direction == .client, !self.hasConnected {
                self.early.append(ByteBuffer(bytes: chunk.slice(range).readableBytesView))
            }
            return
        }
        // A write that cannot finish at once keeps the whole receive buffer; behind one that waits already, small
        // chunks are copied, so that what is kept stays in proportion to what is sent.
        if range.count < chunk.storageCapacity / 2, receiver.hasBufferedWrites {
            var copy = receiver.channel.allocator.buffer(capacity: range.count)
            copy.writeImmutableBuffer(chunk.slice(range))
            receiver.writeAndFlush(NIOAny(copy), promise: nil)
        } else if range.count == chunk.readableBytes {
            receiver.writeAndFlush(NIOAny(chunk), promise: nil)
        } else {
            receiver.writeAndFlush(NIOAny(chunk.slice(range)), promise: nil)
        }
    }

    private func send(_ octets: [UInt8], _ direction: Direction) {
        guard let receiver = self[direction.opposite].context, !octets.isEmpty else { return }
        receiver.writeAndFlush(NIOAny(receiver.channel.allocator.buffer(bytes: octets)), promise: nil)
    }

    private func closeOutput(_ direction: Direction) {
        guard let receiver = self[direction.opposite].context else {
            if direction == .client, !self.hasConnected { self.earlyClose = true }
            return
        }
        // With the peer's FIN both streams have ended, and the connection asks for a close.
        if !self[direction.opposite].inputClosed { receiver.channel.closeOutputWhenWritten() }
    }

    /// Ends a leg when what was written to it has left, or cannot leave.
    private func finish(_ direction: Direction) {
        self[direction].context?.channel.closeWhenWritten(inputClosed: self[direction].inputClosed)
    }

    /// Ends a leg with RST.
    private func reset(_ direction: Direction) {
        guard let context = self[direction].context else { return }
        let channel = context.channel
        if let socket = channel as? any SocketOptionProvider {
            _ = socket.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        }
        channel.close(promise: nil)
    }

    private func startTimer(_ kind: ProxyAction.TimerKind, _ time: TimeAmount) {
        self.timers[kind]?.cancel()
        self.timers[kind] = self.loop.eventLoop.assumeIsolated().scheduleTask(in: time) {
            self.timers[kind] = nil
            self.input(.timer(kind))
        }
    }

    /// Puts TLS between the socket and the leg's handler, which stays; cleartext legs have nothing there.
    private func upgradeTLS(_ leg: Leg, _ alreadyRead: [UInt8]) {
        let direction: Direction = leg == .client ? .client : .server
        let tls = leg == .client ? self.listener.tls : self.loop.configuration.upstreamTLS
        guard let context = self[direction].context, let tls else {
            let failure = TLSHandshakeFailure(.configuration, reason: "there is no certificate or setting for this leg")
            return self.input(.tlsFailed(leg, failure))
        }
        let early = alreadyRead.isEmpty ? nil : context.channel.allocator.buffer(bytes: alreadyRead)
        let handler = TLSHandler(tls, alreadyRead: early, buffers: self.loop.tlsBuffers)
        self[direction].tls = handler
        do {
            try context.pipeline.syncOperations.addHandler(handler, position: .before(context.handler))
        } catch {
            self.input(.tlsFailed(leg, TLSHandshakeFailure(.configuration, reason: "\(error)")))
        }
    }

    private func openUpstream() {
        UpstreamConnect(loop: self.loop, driver: self).resolve()
    }

    /// The upstream connection is open: `channel` gets its handler.
    func connected(_ channel: any Channel) {
        guard !self.hasEnded else {
            channel.close(promise: nil)
            return
        }
        self.hasConnected = true
        do {
            try channel.pipeline.syncOperations.addHandler(LegHandler(direction: .server, driver: self))
            self.input(.connected)
        } catch {
            self.input(.connectFailed("\(error)"))
        }
    }
}

extension ChannelHandlerContext {
    /// Whether octets wait for room in the socket.
    fileprivate var hasBufferedWrites: Bool {
        let waiting = try? self.channel.syncOptions?.getOption(.bufferedWritableBytes)
        return (waiting ?? 0) > 0
    }
}

extension ByteBuffer {
    fileprivate func slice(_ range: Range<Int>) -> ByteBuffer {
        self.getSlice(at: self.readerIndex + range.lowerBound, length: range.count) ?? ByteBuffer()
    }
}

extension Timestamp {
    /// The time of day.
    static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
    }
}
