import IMAPSession
import NIOCore
import TLSTransport
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// One leg's end of the channel pipeline: hands what happens to the socket to the connection that owns both legs.
final class LegHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The stream that is read here.
    let direction: Direction
    private let driver: ConnectionDriver

    init(direction: Direction, driver: ConnectionDriver) {
        self.direction = direction
        self.driver = driver
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.driver.attach(context, self.direction)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.driver.detach(self.direction)
    }

    func channelActive(context: ChannelHandlerContext) {
        if self.direction == .client { self.driver.start() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.driver.received(self.unwrapInboundIn(data), from: self.direction)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        self.driver.readCompleted(self.direction)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        self.driver.input(.writability(self.direction.opposite, context.channel.isWritable))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let event as ChannelEvent where event == .inputClosed:
            self.driver.input(.closed(self.direction, .closed))
        case let event as TLSEvent: self.driver.tlsEvent(event, on: self.direction)
        default: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.driver.input(.closed(self.direction, .closed))
        self.driver.legEnded(self.direction)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.driver.input(.closed(self.direction, .reset))
        context.close(promise: nil)
    }
}
