import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A host name that has no address.
struct ResolutionError: Error {
    var reason: String
}

enum AddressResolution {
    /// The addresses of `host`, in the order of RFC 6724 as the system gives it. Blocks.
    static func addresses(of host: String, port: UInt16) throws(ResolutionError) -> [SocketAddress] {
        if let address = try? SocketAddress(ipAddress: host, port: Int(port)) { return [address] }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = Int32(AI_ADDRCONFIG)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, &hints, &list)
        guard status == 0, let list else { throw ResolutionError(reason: String(cString: gai_strerror(status))) }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next: UnsafeMutablePointer<addrinfo>? = list
        while let entry = next {
            next = entry.pointee.ai_next
            guard let address = entry.pointee.ai_addr else { continue }
            var found: SocketAddress
            switch entry.pointee.ai_family {
            case AF_INET:
                found = SocketAddress(UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in.self), host: host)
            case AF_INET6:
                found = SocketAddress(UnsafeRawPointer(address).loadUnaligned(as: sockaddr_in6.self), host: host)
            default: continue
            }
            found.port = Int(port)
            addresses.append(found)
        }
        guard !addresses.isEmpty else { throw ResolutionError(reason: "no IPv4 or IPv6 address") }
        return addresses
    }

    /// The same without blocking `loop`. A numeric address needs no thread.
    static func addresses(of host: String, port: UInt16, on loop: any EventLoop) -> EventLoopFuture<[SocketAddress]> {
        if let address = try? SocketAddress(ipAddress: host, port: Int(port)) {
            return loop.makeSucceededFuture([address])
        }
        return NIOSingletons.posixBlockingThreadPool.runIfActive(eventLoop: loop) {
            try Self.addresses(of: host, port: port)
        }
    }
}
