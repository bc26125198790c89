import NIOCore
import NIOEmbedded
import Testing

@testable import TLSTransport

/// The handler above TLS: keeps what reaches it.
final class Recorder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    var octets = ByteBuffer()
    var established: [TLSFacts] = []
    var failures: [TLSFailure] = []
    var serverNames: [String?] = []
    var keys: [TLSKeyTypes] = []
    var wasTruncated = false
    var inputClosed = 0
    var renegotiations = 0
    /// Octets of each read.
    var reads: [Int] = []

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = self.unwrapInboundIn(data)
        self.reads.append(buffer.readableBytes)
        self.octets.writeBuffer(&buffer)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSEvent.established(let facts): self.established.append(facts)
        case TLSEvent.failed(let failure): self.failures.append(failure)
        case TLSEvent.clientHello(let name, let keys):
            self.serverNames.append(name)
            self.keys.append(keys)
        case TLSEvent.truncated: self.wasTruncated = true
        case TLSEvent.renegotiationRefused: self.renegotiations += 1
        case ChannelEvent.inputClosed: self.inputClosed += 1
        default: break
        }
    }

    var text: String { String(buffer: self.octets) }
}

/// Stands in for a socket that can close one direction: an embedded channel only knows all or nothing.
final class HalfClosing: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private(set) var isOutputClosed = false

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .output else {
            context.close(mode: mode, promise: promise)
            return
        }
        self.isOutputClosed = true
        promise?.succeed()
    }
}

/// One end: a channel without a socket.
final class End {
    let channel = EmbeddedChannel()
    let recorder = Recorder()
    let socket = HalfClosing()
    let handler: TLSHandler
    /// Everything that left this end.
    var sent = ByteBuffer()

    init(_ context: TLSContext, alreadyRead: ByteBuffer? = nil) throws {
        self.handler = TLSHandler(context, alreadyRead: alreadyRead)
        // A handshake begins when the handler is added to a channel that is active, as after STARTTLS.
        try self.channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 993)).wait()
        try self.channel.pipeline.syncOperations.addHandler(self.socket)
        try self.channel.pipeline.syncOperations.addHandler(self.recorder)
        try self.channel.pipeline.syncOperations.addHandler(self.handler, position: .before(self.recorder))
    }

    /// What waits to be sent, as one piece.
    func takeOutbound() throws -> ByteBuffer {
        var all = ByteBuffer()
        while var next = try self.channel.readOutbound(as: ByteBuffer.self) { all.writeBuffer(&next) }
        self.sent.writeImmutableBuffer(all)
        return all
    }

    func receive(_ octets: ByteBuffer, piece: Int) throws {
        var rest = octets
        while let next = rest.readSlice(length: min(piece, rest.readableBytes)), next.readableBytes > 0 {
            try self.channel.writeInbound(next)
        }
    }

    func send(_ text: String) throws {
        self.channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
    }

    func endOfStream() {
        self.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }
}

/// A client and a server that exchange octets in memory.
struct Pair {
    let client: End
    let server: End
    var piece = Int.max

    init(_ client: TLSContext, _ server: TLSContext, piece: Int = .max) throws {
        self.server = try End(server)
        self.client = try End(client)
        self.piece = piece
    }

    /// Carries octets until nobody has any.
    func pump() throws {
        while true {
            let fromClient = try self.client.takeOutbound()
            let fromServer = try self.server.takeOutbound()
            if fromClient.readableBytes == 0, fromServer.readableBytes == 0 { return }
            try self.server.receive(fromClient, piece: self.piece)
            try self.client.receive(fromServer, piece: self.piece)
        }
    }

    func facts() throws -> (client: TLSFacts, server: TLSFacts) {
        (try #require(self.client.recorder.established.first), try #require(self.server.recorder.established.first))
    }
}
