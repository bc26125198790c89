import IMAPSession
import NIOCore
import NIOPosix
public import ProxyCore
public import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A proxy at work: its listeners, its event loops, and the connections that live on them.
public final class ListeningProxy: Sendable {
    /// Where it listens, with the ports that were taken.
    public let endpoints: [Endpoint]
    /// What clients find at each of ``endpoints``.
    public let legs: [ClientLeg]
    private let group: MultiThreadedEventLoopGroup
    private let loops: [NIOLoopBound<LoopState>]
    private let listeners: [any Channel]
    private let census: Census

    private init(
        endpoints: [Endpoint],
        legs: [ClientLeg],
        group: MultiThreadedEventLoopGroup,
        loops: [NIOLoopBound<LoopState>],
        listeners: [any Channel],
        census: Census
    ) {
        self.endpoints = endpoints
        self.legs = legs
        self.group = group
        self.loops = loops
        self.listeners = listeners
        self.census = census
    }

    /// Opens every listener, or none.
    ///
    /// - Parameters:
    ///   - makeOutputs: called once on each event loop.
    ///   - notice: called on any event loop.
    /// - Throws: ``ListenError``
    public static func start(
        _ configuration: ProxyConfiguration,
        makeOutputs: @escaping @Sendable () -> any SessionOutputs,
        notice: @escaping @Sendable (ProxyNotice) -> Void = { _ in }
    ) async throws -> ListeningProxy {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: max(1, configuration.threads))
        let census = Census()
        let certificates = UpstreamCertificates()
        var loops: [NIOLoopBound<LoopState>] = []
        var listeners: [any Channel] = []
        var places: [(endpoint: Endpoint, leg: ClientLeg)] = []
        do {
            for loop in group.makeIterator() {
                loops.append(
                    try await loop.submit {
                        let state = LoopState(
                            eventLoop: loop,
                            configuration: configuration,
                            outputs: makeOutputs(),
                            census: census,
                            upstreamCertificates: certificates
                        )
                        return NIOLoopBound(state, eventLoop: loop)
                    }.get()
                )
            }
            for listener in configuration.listeners {
                let channels = try await Self.listen(listener, group, loops, notice)
                listeners += channels
                for address in channels.compactMap(\.localAddress) {
                    places.append((Endpoint(address), listener.leg))
                }
            }
        } catch {
            for listener in listeners { try? await listener.close() }
            try? await group.shutdownGracefully()
            throw error
        }
        return ListeningProxy(
            endpoints: places.map(\.endpoint),
            legs: places.map(\.leg),
            group: group,
            loops: loops,
            listeners: listeners,
            census: census
        )
    }

    // MARK: - Listening

    private static func listen(
        _ listener: Listener,
        _ group: MultiThreadedEventLoopGroup,
        _ loops: [NIOLoopBound<LoopState>],
        _ notice: @escaping @Sendable (ProxyNotice) -> Void
    ) async throws -> [any Channel] {
        let endpoint = listener.endpoint
        let addresses: [SocketAddress]
        do {
            addresses = try await AddressResolution.addresses(
                of: endpoint.host,
                port: endpoint.port,
                on: group.next()
            ).get()
        } catch let error as ResolutionError {
            throw ListenError.unresolvable(endpoint, reason: error.reason)
        }
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptBackoffHandler())
                    try channel.pipeline.syncOperations.addHandler(
                        AcceptFailureHandler(endpoint: endpoint, notice: notice)
                    )
                }
            }
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try Self.accept(channel, at: listener, loops, notice) }
            }
        var channels: [any Channel] = []
        for address in addresses {
            do {
                channels.append(try await bootstrap.bind(to: address).get())
            } catch let error as IOError {
                // One of several addresses of a name may be missing here: `localhost` without IPv6.
                if error.errnoCode == EADDRNOTAVAIL, addresses.count > 1 { continue }
                for channel in channels { try? await channel.close() }
                throw ListenError(error, endpoint)
            }
        }
        guard !channels.isEmpty else { throw ListenError.addressNotAvailable(endpoint) }
        return channels
    }

    /// A client has connected; this runs on its event loop.
    private static func accept(
        _ channel: any Channel,
        at listener: Listener,
        _ loops: [NIOLoopBound<LoopState>],
        _ notice: (ProxyNotice) -> Void
    ) throws {
        guard let loop = loops.first(where: { $0.eventLoop === channel.eventLoop })?.value else { return }
        try channel.setLegOptions(loop.boundReceiveBuffer)
        let client = channel.remoteAddress.map { Endpoint($0) } ?? Endpoint(host: "", port: 0)
        let limit = loop.configuration.maximumConnections
        guard let id = loop.census.began(maximum: limit) else {
            notice(.refused(client: client, limit: limit))
            try channel.pipeline.syncOperations.addHandler(RefusalHandler(isTLS: listener.leg == .tls))
            return
        }
        let description = SessionDescription(
            connection: id,
            client: client,
            server: loop.configuration.upstream,
            // The address that the client meant, where the listener is on all of them.
            listener: channel.localAddress.map { Endpoint($0) } ?? listener.endpoint,
            clientLeg: "cleartext",
            upstreamLeg: "cleartext",
            time: .now
        )
        let driver = ConnectionDriver(id: id, description: description, listener: listener, loop: loop)
        loop.began(driver)
        try channel.pipeline.syncOperations.addHandler(LegHandler(direction: .client, driver: driver))
    }

    // MARK: - Running

    public var openConnections: Int { self.census.open }

    /// Returns when no session is open.
    public func idle() async {
        try? await self.census.whenEmpty(on: self.group.next()).get()
    }

    /// Stops reading from every socket while an output cannot take more, or goes on. Safe from any thread.
    public func setOutputsBlocked(_ isBlocked: Bool) {
        self.onEachLoop { $0.setOutputsBlocked(isBlocked) }
    }

    /// Stops listening, gives the sessions their grace, and returns when the last one has ended.
    public func drain() async {
        await self.stopListening()
        self.onEachLoop { $0.tellAll(.drain) }
        await self.end()
    }

    /// Stops listening and ends every session at once.
    public func stop() async {
        await self.stopListening()
        self.onEachLoop { $0.tellAll(.interrupt) }
        await self.end()
    }

    private func stopListening() async {
        for listener in self.listeners { try? await listener.close() }
    }

    private func end() async {
        await self.idle()
        for loop in self.loops {
            try? await loop.eventLoop.submit { loop.value.outputs.flush() }.get()
        }
        try? await self.group.shutdownGracefully()
    }

    private func onEachLoop(_ body: @escaping @Sendable (LoopState) -> Void) {
        for loop in self.loops {
            // Never at once: this may be called from within an output that a session is speaking to.
            loop.eventLoop.execute { body(loop.value) }
        }
    }
}

extension ListenError {
    fileprivate init(_ error: IOError, _ endpoint: Endpoint) {
        switch error.errnoCode {
        case EADDRINUSE: self = .addressInUse(endpoint)
        case EACCES, EPERM: self = .permissionDenied(endpoint)
        case EADDRNOTAVAIL: self = .addressNotAvailable(endpoint)
        default: self = .other(endpoint, errno: error.errnoCode)
        }
    }
}

extension Endpoint {
    init(_ address: SocketAddress) {
        self.init(host: address.ipAddress ?? "", port: UInt16(address.port ?? 0))
    }
}
