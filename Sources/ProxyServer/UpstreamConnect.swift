import NIOCore
import NIOPosix
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Opens the upstream connection: resolves the name, then tries its addresses in the resolver's order.
struct UpstreamConnect {
    let loop: LoopState
    let driver: ConnectionDriver

    func resolve() {
        let upstream = self.loop.configuration.upstream
        AddressResolution.addresses(of: upstream.host, port: upstream.port, on: self.loop.eventLoop)
            .assumeIsolated()
            .whenComplete { result in
                switch result {
                case .success(let addresses): self.attempt(addresses[...], failures: [])
                case .failure(let error as ResolutionError): self.driver.input(.connectFailed(error.reason))
                case .failure(let error): self.driver.input(.connectFailed("\(error)"))
                }
            }
    }

    private func attempt(_ addresses: ArraySlice<SocketAddress>, failures: [String]) {
        guard !self.driver.hasEnded else { return }
        guard let address = addresses.first else {
            self.driver.input(.connectFailed(failures.joined(separator: ", ")))
            return
        }
        ClientBootstrap(group: self.loop.eventLoop)
            .leg(receiveBuffer: self.loop.boundReceiveBuffer)
            .connectTimeout(.seconds(Int64(self.loop.configuration.addressTimeout)))
            .connect(to: address)
            .assumeIsolated()
            .whenComplete { result in
                switch result {
                case .success(let channel):
                    self.driver.connected(channel)
                case .failure(let error):
                    let reason = Self.reason(error)
                    let failure =
                        addresses.count + failures.count > 1 ? "\(address.ipAddress ?? ""): \(reason)" : reason
                    self.attempt(addresses.dropFirst(), failures: failures + [failure])
                }
            }
    }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as IOError: String(cString: strerror(error.errnoCode)).lowercased()
        case ChannelError.connectTimeout(let amount): "no answer within \(amount.nanoseconds / 1_000_000_000) s"
        default: "\(error)"
        }
    }
}

extension ClientBootstrap {
    /// The socket options of a leg.
    func leg(receiveBuffer: NIOLoopBound<SharedReceiveBuffer>) -> ClientBootstrap {
        self
            .channelOption(.autoRead, value: false)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .channelOption(.maxMessagesPerRead, value: 1)
            .channelOption(.writeBufferWaterMark, value: .leg)
            .channelOption(.recvAllocator, value: SharedReceiveAllocator(receiveBuffer))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
    }
}

extension ServerBootstrap {
    /// The socket options of a client's leg; its receive buffer is set when its event loop is known.
    func legs() -> ServerBootstrap {
        self
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.writeBufferWaterMark, value: .leg)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
    }
}

extension ChannelOptions.Types.WriteBufferWaterMark {
    /// Beyond the high mark the other leg is not read; it is read again below the low one.
    fileprivate static var leg: ChannelOptions.Types.WriteBufferWaterMark {
        ChannelOptions.Types.WriteBufferWaterMark(low: 262_144, high: 1_048_576)
    }
}
