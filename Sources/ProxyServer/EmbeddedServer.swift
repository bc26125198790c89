import NIOCore
import NIOPosix
public import Traffic

/// A server without sockets: octets in, octets out. One value a connection.
public protocol ServerScript {
    /// What it says first.
    mutating func connected() -> [UInt8]
    /// What it answers, and whether it closes then.
    mutating func receive(_ bytes: RawSpan) -> (octets: [UInt8], close: Bool)
}

/// Serves a ``ServerScript`` on a port of the loopback interface.
public final class EmbeddedServer: Sendable {
    public let endpoint: Endpoint
    private let group: MultiThreadedEventLoopGroup
    private let channel: any Channel

    private init(endpoint: Endpoint, group: MultiThreadedEventLoopGroup, channel: any Channel) {
        self.endpoint = endpoint
        self.group = group
        self.channel = channel
    }

    /// Listens; `script` makes one server object for each connection.
    public static func start(
        port: UInt16 = 0,
        _ script: @escaping @Sendable () -> any ServerScript
    ) async throws -> EmbeddedServer {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        do {
            let channel = try await ServerBootstrap(group: group)
                .serverChannelOption(.backlog, value: 1024)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .childChannelOption(.allowRemoteHalfClosure, value: true)
                .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
                .childChannelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(ScriptHandler(script()))
                    }
                }
                .bind(host: "127.0.0.1", port: Int(port)).get()
            let endpoint = channel.localAddress.map { Endpoint($0) } ?? Endpoint(host: "127.0.0.1", port: port)
            return EmbeddedServer(endpoint: endpoint, group: group, channel: channel)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
    }

    /// Closes the listener and every connection.
    public func stop() async {
        try? await self.channel.close()
        try? await self.group.shutdownGracefully()
    }
}

/// Runs one script on one channel.
private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private var script: any ServerScript

    init(_ script: any ServerScript) {
        self.script = script
    }

    func channelActive(context: ChannelHandlerContext) {
        self.send(self.script.connected(), close: false, context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = self.unwrapInboundIn(data)
        let answer = self.script.receive(buffer.readableBytesSpan)
        self.send(answer.octets, close: answer.close, context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed {
            context.channel.closeWhenWritten(inputClosed: true)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func send(_ octets: [UInt8], close: Bool, _ context: ChannelHandlerContext) {
        if !octets.isEmpty {
            context.writeAndFlush(NIOAny(context.channel.allocator.buffer(bytes: octets)), promise: nil)
        }
        if close { context.channel.closeWhenWritten(inputClosed: false) }
    }
}
