import NIOCore
import NIOPosix
import Synchronization
public import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Why a scripted client did not get what it waited for.
public enum ScriptedClientError: Error, Sendable, Hashable {
    /// The server closed; these octets had come.
    case closed(received: [UInt8])
    case timedOut(received: [UInt8])
}

/// A client that sends octets and waits for octets: for the demo, and for tests.
public final class ScriptedClient: Sendable {
    private let channel: any Channel
    private let inbox: Inbox

    private init(channel: any Channel, inbox: Inbox) {
        self.channel = channel
        self.inbox = inbox
    }

    public static func connect(to endpoint: Endpoint) async throws -> ScriptedClient {
        let inbox = Inbox()
        let channel = try await ClientBootstrap(group: NIOSingletons.posixEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(InboxHandler(inbox))
                }
            }
            .connect(host: endpoint.host, port: Int(endpoint.port)).get()
        return ScriptedClient(channel: channel, inbox: inbox)
    }

    public func send(_ octets: [UInt8]) async throws {
        try await self.channel.writeAndFlush(self.channel.allocator.buffer(bytes: octets))
    }

    public func send(_ text: String) async throws {
        try await self.send(Array(text.utf8))
    }

    /// Waits until `isEnough` holds for everything received since the last call, and takes it.
    public func receive(
        within seconds: Int64 = 10,
        until isEnough: @escaping @Sendable ([UInt8]) -> Bool
    ) async throws -> [UInt8] {
        let promise = self.channel.eventLoop.makePromise(of: [UInt8].self)
        self.inbox.wait(promise, isEnough)
        let inbox = self.inbox
        let deadline = self.channel.eventLoop.scheduleTask(in: .seconds(seconds)) { inbox.timeOut() }
        defer { deadline.cancel() }
        return try await promise.futureResult.get()
    }

    /// Waits for a line that begins with `prefix`, and takes everything up to now.
    public func receive(lineBeginning prefix: String, within seconds: Int64 = 10) async throws -> String {
        let wanted = Array(prefix.utf8)
        let octets = try await self.receive(within: seconds) { octets in
            guard octets.last == 0x0A else { return false }
            return octets.split(separator: 0x0A).contains { $0.starts(with: wanted) }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    /// Waits for the server's FIN, and takes everything up to it.
    public func receiveAll(within seconds: Int64 = 30) async throws -> [UInt8] {
        do {
            return try await self.receive(within: seconds) { _ in false }
        } catch ScriptedClientError.closed(let received) {
            return received
        }
    }

    /// Whether the connection ended with RST.
    public var wasReset: Bool { self.inbox.wasReset }

    /// Sends FIN; octets still come in.
    public func closeOutput() async throws {
        try await self.channel.close(mode: .output)
    }

    public func close() async {
        try? await self.channel.close()
    }

    /// Ends the connection with RST.
    public func reset() async {
        if let socket = self.channel as? any SocketOptionProvider {
            try? await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        await self.close()
    }
}

/// What has come in, and who waits for it.
private final class Inbox: Sendable {
    private struct State {
        var octets: [UInt8] = []
        var hasClosed = false
        var wasReset = false
        var waiting: (promise: EventLoopPromise<[UInt8]>, isEnough: @Sendable ([UInt8]) -> Bool)?
    }

    private let state = Mutex(State())

    var wasReset: Bool { self.state.withLock { $0.wasReset } }

    func wait(_ promise: EventLoopPromise<[UInt8]>, _ isEnough: @escaping @Sendable ([UInt8]) -> Bool) {
        self.change { $0.waiting = (promise, isEnough) }
    }

    func append(_ buffer: ByteBuffer) {
        self.change { state in buffer.withUnsafeReadableBytes { state.octets.append(contentsOf: $0) } }
    }

    func close(reset: Bool) {
        self.change {
            $0.hasClosed = true
            if reset { $0.wasReset = true }
        }
    }

    func timeOut() {
        let (waiting, octets) = self.state.withLock { state in
            defer { state.waiting = nil }
            return (state.waiting, state.octets)
        }
        waiting?.promise.fail(ScriptedClientError.timedOut(received: octets))
    }

    private func change(_ body: (inout State) -> Void) {
        let outcome = self.state.withLock { state -> (EventLoopPromise<[UInt8]>, Result<[UInt8], any Error>)? in
            body(&state)
            guard let waiting = state.waiting else { return nil }
            let octets = state.octets
            if waiting.isEnough(octets) {
                state.waiting = nil
                state.octets = []
                return (waiting.promise, .success(octets))
            }
            guard state.hasClosed else { return nil }
            state.waiting = nil
            state.octets = []
            return (waiting.promise, .failure(ScriptedClientError.closed(received: octets)))
        }
        outcome?.0.completeWith(outcome!.1)
    }
}

private final class InboxHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let inbox: Inbox

    init(_ inbox: Inbox) {
        self.inbox = inbox
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.inbox.append(self.unwrapInboundIn(data))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { self.inbox.close(reset: false) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.inbox.close(reset: false)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.inbox.close(reset: true)
        context.close(promise: nil)
    }
}
