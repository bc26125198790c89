import NIOCore
import NIOPosix
import Probing
import Reporting
import TLSTransport
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// One connection after the other to the server that is probed, with TLS or without.
final class ProbeChannel: ProbeTransport {
    private let server: Endpoint
    private let trust: TLSTrust
    private let patience: Int64
    private var channel: (any Channel)?
    private var inbox = ProbeInbox()

    /// - Parameter patience: seconds for a connection, and for a handshake.
    init(server: Endpoint, trust: TLSTrust, patience: Int64 = 10) {
        self.server = server
        self.trust = trust
        self.patience = patience
    }

    func open(_ offer: TLSOffer?) async -> ProbeConnected {
        await self.close()
        let inbox = ProbeInbox()
        self.inbox = inbox
        do {
            self.channel = try await ClientBootstrap(group: NIOSingletons.posixEventLoopGroup)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connectTimeout(.seconds(self.patience))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(ProbeInboxHandler(inbox))
                    }
                }
                .connect(host: self.server.host, port: Int(self.server.port)).get()
        } catch {
            return .failed(Self.reason(error))
        }
        guard let offer else { return .open(nil) }
        let outcome = await self.handshake(offer)
        if case .established(let tls) = outcome { return .open(tls) }
        return .noTLS(outcome)
    }

    func send(_ octets: [UInt8]) {
        guard let channel = self.channel else { return }
        channel.writeAndFlush(channel.allocator.buffer(bytes: octets), promise: nil)
    }

    func receive(before deadline: ContinuousClock.Instant) async -> ProbeInput {
        let remaining = ContinuousClock.now.duration(to: deadline)
        guard let channel = self.channel else { return .closed }
        let promise = channel.eventLoop.makePromise(of: ProbeInput.self)
        let inbox = self.inbox
        inbox.wait(promise)
        let timer = channel.eventLoop.scheduleTask(in: remaining.amount) { inbox.give(up: .silent) }
        defer { timer.cancel() }
        return (try? await promise.futureResult.get()) ?? .closed
    }

    func handshake(_ offer: TLSOffer) async -> HandshakeOutcome {
        guard let channel = self.channel else { return .refused("the connection was closed") }
        let context: TLSContext
        do throws(TLSSettingError) {
            context = try TLSContext.client(self.settings(offer))
        } catch {
            return .notOffered("the OpenSSL here cannot offer it")
        }
        let promise = channel.eventLoop.makePromise(of: HandshakeOutcome.self)
        let inbox = self.inbox
        inbox.beginTLS(promise)
        do {
            try await channel.eventLoop.submit {
                try channel.pipeline.syncOperations.addHandler(TLSHandler(context), position: .first)
            }.get()
        } catch {
            inbox.endTLS(.refused("the connection was closed"))
        }
        return (try? await promise.futureResult.get()) ?? .refused("the connection was closed")
    }

    func close() async {
        guard let channel = self.channel else { return }
        self.channel = nil
        try? await channel.close().get()
    }

    /// Verification only tells: a server with a bad certificate is tested all the same.
    private func settings(_ offer: TLSOffer) -> TLSClientSettings {
        var settings = TLSClientSettings(host: self.server.host)
        settings.verification = .none
        settings.trust = self.trust
        settings.common.minimumVersion = TLSVersion(offer.versions.lowerBound)
        settings.common.maximumVersion = TLSVersion(offer.versions.upperBound)
        settings.common.cipherList = offer.ciphers
        settings.common.resumesSessions = false
        settings.common.handshakeTimeout = .seconds(self.patience)
        return settings
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as IOError: systemErrorText(error.errnoCode)
        case ChannelError.connectTimeout(let amount): "no answer within \(amount.nanoseconds / 1_000_000_000) s"
        case let error as NIOConnectionError where error.connectionErrors.isEmpty: "\(error.host) has no address"
        case let error as NIOConnectionError:
            error.connectionErrors.map { Self.reason($0.error) }.joined(separator: ", ")
        default: "\(error)"
        }
    }
}

extension Duration {
    fileprivate var amount: TimeAmount {
        let parts = self.components
        return .nanoseconds(max(0, parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000))
    }
}

extension TLSVersion {
    fileprivate init(_ version: ProbeTLSVersion) {
        self =
            switch version {
            case .tls10: .tls10
            case .tls11: .tls11
            case .tls12: .tls12
            case .tls13: .tls13
            }
    }
}
