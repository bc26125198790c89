import NIOCore
import Traffic

/// Tells a client beyond the limit so, and closes.
final class RefusalHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let isTLS: Bool

    init(isTLS: Bool) {
        self.isTLS = isTLS
    }

    func channelActive(context: ChannelHandlerContext) {
        // No words in the clear where a client waits for TLS, and no handshake for one too many.
        guard !self.isTLS else { return context.close(promise: nil) }
        let line = "* BYE [UNAVAILABLE] imapscope: too many connections\r\n"
        context.writeAndFlush(NIOAny(context.channel.allocator.buffer(string: line)), promise: nil)
        context.channel.closeWhenWritten(inputClosed: false)
    }
}

/// Tells people that accepting failed; the handler before it slows accepting down.
final class AcceptFailureHandler: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private let endpoint: Endpoint
    private let notice: @Sendable (ProxyNotice) -> Void

    init(endpoint: Endpoint, notice: @escaping @Sendable (ProxyNotice) -> Void) {
        self.endpoint = endpoint
        self.notice = notice
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.notice(.acceptFailed(self.endpoint, reason: "\(error)"))
    }
}
