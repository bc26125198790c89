#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An IP address as a number; IPv4 ones as IPv6 writes them, `::ffff:192.0.2.1` (RFC 4291 section 2.5.5.2), so that a
/// dual-stack socket's peer is the same as an IPv4 socket's.
public struct NumericAddress: Sendable, Hashable {
    public var bits: UInt128

    /// Nil when `text` is no address but, say, a host name.
    public init?(_ text: some StringProtocol) {
        // A scope is no part of the address (RFC 4007 section 11): fe80::1%eth0.
        let bare = String(text.prefix { $0 != "%" })
        guard bare.utf8.count <= 45 else { return nil }
        var four = in_addr()
        if inet_pton(AF_INET, bare, &four) == 1 {
            self.bits = 0xFFFF_0000_0000 | UInt128(UInt32(bigEndian: four.s_addr))
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, bare, &six) == 1 else { return nil }
        self.bits = withUnsafeBytes(of: &six) { $0.reduce(UInt128(0)) { $0 << 8 | UInt128($1) } }
    }
}

/// One address or a network, `10.0.0.0/8` (RFC 4632 section 3.1).
public struct AddressRange: Sendable, Hashable {
    public let network: UInt128
    public let mask: UInt128

    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = NumericAddress(parts[0]) else { return nil }
        let isFour = !parts[0].contains(":")
        var length = 128
        if parts.count == 2 {
            guard let given = Int(parts[1]), (0...(isFour ? 32 : 128)).contains(given) else { return nil }
            length = isFour ? given + 96 : given
        }
        self.mask = length == 0 ? 0 : ~UInt128(0) << UInt128(128 - length)
        self.network = address.bits & self.mask
    }

    public func contains(_ address: NumericAddress) -> Bool { address.bits & self.mask == self.network }
}
