import NIOCore
import Probing
import Reporting
import Synchronization
import TLSTransport
import Traffic

/// What has come in on one connection, and who waits for it.
final class ProbeInbox: Sendable {
    private struct State {
        var octets: [UInt8] = []
        var hasClosed = false
        var waiting: EventLoopPromise<ProbeInput>?
        var handshake: EventLoopPromise<HandshakeOutcome>?
    }

    private let state = Mutex(State())

    /// What is kept of a server that sends without end until somebody asks for it.
    private static let limit = 1 << 22

    func wait(_ promise: EventLoopPromise<ProbeInput>) {
        self.change { $0.waiting = promise }
    }

    func append(_ buffer: ByteBuffer) {
        self.change { state in
            let room = Self.limit - state.octets.count
            buffer.withUnsafeReadableBytes { state.octets.append(contentsOf: $0.prefix(max(room, 0))) }
        }
    }

    func close() {
        self.change { $0.hasClosed = true }
        self.endTLS(.refused("the connection was closed"))
    }

    func give(up input: ProbeInput) {
        let waiting = self.state.withLock { state in
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.succeed(input)
    }

    /// What came before in cleartext is nothing that TLS may use.
    func beginTLS(_ promise: EventLoopPromise<HandshakeOutcome>) {
        let hasClosed = self.state.withLock { state in
            state.octets = []
            state.handshake = promise
            return state.hasClosed
        }
        if hasClosed { self.endTLS(.refused("the connection was closed")) }
    }

    func endTLS(_ outcome: HandshakeOutcome) {
        let promise = self.state.withLock { state in
            defer { state.handshake = nil }
            return state.handshake
        }
        promise?.succeed(outcome)
    }

    private func change(_ body: (inout State) -> Void) {
        let outcome = self.state.withLock { state -> (EventLoopPromise<ProbeInput>, ProbeInput)? in
            body(&state)
            guard let waiting = state.waiting, !state.octets.isEmpty || state.hasClosed else { return nil }
            state.waiting = nil
            defer { state.octets = [] }
            return (waiting, state.octets.isEmpty ? .closed : .octets(state.octets))
        }
        if let (promise, input) = outcome { promise.succeed(input) }
    }
}

final class ProbeInboxHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let inbox: ProbeInbox

    init(_ inbox: ProbeInbox) {
        self.inbox = inbox
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.inbox.append(self.unwrapInboundIn(data))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSEvent.established(let facts): self.inbox.endTLS(.established(ProbeTLS(facts, now: .current)))
        case TLSEvent.failed(let failure):
            self.inbox.endTLS(failure.outcome)
            self.inbox.close()
        case ChannelEvent.inputClosed: self.inbox.close()
        default: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.inbox.close()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        self.inbox.close()
        context.close(promise: nil)
    }
}
