import NIOCore
import NIOPosix
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Answers the first octets with RST.
struct ResettingServer {
    var endpoint: Endpoint
    var channel: any Channel

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if let socket = context.channel as? any SocketOptionProvider {
                _ = socket.setSoLinger(linger(l_onoff: 1, l_linger: 0))
            }
            context.close(promise: nil)
        }
    }

    static func start() async throws -> ResettingServer {
        let channel = try await ServerBootstrap(group: NIOSingletons.posixEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(Handler()) }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = UInt16(channel.localAddress?.port ?? 0)
        return ResettingServer(endpoint: Endpoint(host: "127.0.0.1", port: port), channel: channel)
    }

    func stop() async throws {
        try await self.channel.close()
    }
}

/// Reads nothing.
struct StalledClient {
    var channel: any Channel

    static func connect(to endpoint: Endpoint) async throws -> StalledClient {
        let channel = try await ClientBootstrap(group: NIOSingletons.posixEventLoopGroup)
            .channelOption(.autoRead, value: false)
            .connect(host: endpoint.host, port: Int(endpoint.port)).get()
        return StalledClient(channel: channel)
    }

    func send(_ text: String) async throws {
        try await self.channel.writeAndFlush(self.channel.allocator.buffer(string: text))
    }

    func close() async {
        try? await self.channel.close()
    }
}
