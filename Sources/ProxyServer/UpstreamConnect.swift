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
            .channelInitializer { [receiveBuffer = self.loop.boundReceiveBuffer] channel in
                channel.eventLoop.makeCompletedFuture { try channel.setLegOptions(receiveBuffer) }
            }
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
