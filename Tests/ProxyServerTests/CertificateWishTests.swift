import Cryptography
import IMAPSession
import NIOCore
import NIOPosix
import ProxyCore
import ProxyServer
import Synchronization
import TLSTransport
import Testing
import Traffic

/// Mints for whatever is asked for, and remembers it.
private final class Minter: ClientIdentitySource {
    struct Asked {
        var requests: [ClientIdentityRequest] = []
        var learned = 0
        var hasRSA = false
        var wasOnLoop = false
    }

    let asked = Mutex(Asked())
    private let issuer: LeafIssuer

    init() throws {
        self.issuer = try LeafIssuer(authority: .create(now: Timestamp(seconds: 1_795_428_000)), leafKey: .ecP256)
    }

    var knowsUpstream: Bool { self.asked.withLock { $0.learned > 0 } }
    func learn(_ chain: [TLSCertificate]) { self.asked.withLock { $0.learned += 1 } }

    func hasKeys(_ kinds: TLSKeyTypes) -> Bool { self.asked.withLock { kinds == .ecdsa || $0.hasRSA } }
    func makeKeys(_ kinds: TLSKeyTypes) {
        self.asked.withLock { asked in
            asked.wasOnLoop = MultiThreadedEventLoopGroup.currentEventLoop != nil
            asked.hasRSA = true
        }
    }

    func identities(for client: ClientIdentityRequest) throws(ClientIdentityError) -> [TLSIdentity] {
        self.asked.withLock { $0.requests.append(client) }
        guard client.serverName != "refused.example" else { throw ClientIdentityError(reason: "no such name here") }
        let minted = try? self.issuer.identity(
            for: [client.serverName ?? "nameless"],
            now: Timestamp(seconds: 1_795_428_000)
        )
        guard let minted, let identity = try? TLSIdentity(certificatePEM: minted.chainPEM, keyPEM: minted.keyPEM) else {
            throw ClientIdentityError(reason: "cannot mint")
        }
        return [identity]
    }
}

/// Says over TLS what it hears.
private final class TLSEar: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let promise: EventLoopPromise<String>
    private var heard = ""
    private var names: [String] = []

    init(_ promise: EventLoopPromise<String>) {
        self.promise = promise
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        self.heard += String(buffer: self.unwrapInboundIn(data))
        if self.heard.hasSuffix("\r\n") { self.promise.succeed("\(self.names.joined(separator: ",")): \(self.heard)") }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSEvent.established(let facts): self.names = facts.peerCertificates.first?.fields?.names ?? []
        case TLSEvent.failed(let failure): self.promise.fail(failure)
        default: break
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.promise.fail(ChannelError.eof)
    }
}

@Suite(.timeLimit(.minutes(1))) struct `A certificate for a client` {
    private let minter: Minter
    private let told = Told()

    init() throws {
        self.minter = try Minter()
    }

    private func proxy(to upstream: Endpoint, _ leg: UpstreamLeg) async throws -> ListeningProxy {
        let context = try TLSContext.server(TLSServerSettings(identity: .byName { _ in .later }))
        var configuration = ProxyConfiguration(
            listeners: [Listener(Endpoint(host: "127.0.0.1", port: 0), leg: .tls, tls: context)],
            upstream: upstream,
            upstreamTLS: leg == .cleartext ? nil : try TLSContext.client(TLSClientSettings(host: "127.0.0.1"))
        )
        configuration.options.upstream = leg
        configuration.identities = self.minter
        let told = self.told
        return try await ListeningProxy.start(configuration, makeOutputs: { TellingOutputs(told) })
    }

    /// What a client that asks for `name` is shown and told.
    private func hear(_ name: String, at port: UInt16, _ version: TLSVersion = .tls13) async throws -> String {
        var settings = TLSClientSettings(host: name)
        settings.verification = .none
        settings.common.maximumVersion = version
        let context = try TLSContext.client(settings)
        let loop = NIOSingletons.posixEventLoopGroup.next()
        let promise = loop.makePromise(of: String.self)
        let channel = try await ClientBootstrap(group: loop)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers(TLSHandler(context), TLSEar(promise))
                }
            }
            .connect(host: "127.0.0.1", port: Int(port)).get()
        defer { channel.close(promise: nil) }
        return try await promise.futureResult.get()
    }

    @Test func `is made when its name is known, for the address at which it arrived`() async throws {
        let server = try await EmbeddedServer.start { Echo() }
        let proxy = try await self.proxy(to: server.endpoint, .cleartext)
        #expect(try await self.hear("mail.example", at: proxy.endpoints[0].port) == "mail.example: * OK ready\r\n")
        let request = self.minter.asked.withLock { $0.requests.first }
        #expect(request?.serverName == "mail.example")
        #expect(request?.address == "127.0.0.1")
        #expect(request?.listener.host == "127.0.0.1")
        await proxy.stop()
        await server.stop()
    }

    @Test(arguments: [UpstreamLeg.tls, .starttls])
    func `is made also when the server shows none`(leg: UpstreamLeg) async throws {
        // It greets in the clear, without STARTTLS: either way there is no TLS with it.
        let server = try await EmbeddedServer.start { Echo() }
        let proxy = try await self.proxy(to: server.endpoint, leg)
        let heard = try await self.hear("mail.example", at: proxy.endpoints[0].port)
        #expect(heard.hasPrefix("mail.example: * BYE [UNAVAILABLE] imapscope: "))
        #expect(self.minter.asked.withLock { $0.learned } == 0)
        await proxy.stop()
        await server.stop()
    }

    @Test func `waits for a key that is made beside the event loop`() async throws {
        let server = try await EmbeddedServer.start { Echo() }
        let proxy = try await self.proxy(to: server.endpoint, .cleartext)
        for version in [TLSVersion.tls13, .tls12] {
            let heard = try await self.hear("mail.example", at: proxy.endpoints[0].port, version)
            #expect(heard == "mail.example: * OK ready\r\n")
            let asked = self.minter.asked.withLock { $0 }
            #expect(asked.hasRSA == (version == .tls12))
            #expect(asked.requests.last?.keys == (version == .tls12 ? [.ecdsa, .rsa] : .ecdsa))
            #expect(!asked.wasOnLoop)
        }
        await proxy.stop()
        await server.stop()
    }

    @Test func `that cannot be made ends the handshake, and the reason is told`() async throws {
        let server = try await EmbeddedServer.start { Echo() }
        let proxy = try await self.proxy(to: server.endpoint, .cleartext)
        await #expect(throws: (any Error).self) {
            try await self.hear("refused.example", at: proxy.endpoints[0].port)
        }
        await proxy.stop()
        #expect(self.told.facts.withLock { $0.findings } == ["client-tls-failed"])
        #expect(self.told.facts.withLock { $0.findingTexts }.first?.contains("no such name here") == true)
        await server.stop()
    }
}
