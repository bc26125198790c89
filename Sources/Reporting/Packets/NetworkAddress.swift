#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An IP address in network order: 4 octets or 16.
struct NetworkAddress: Hashable, Sendable {
    var octets: [UInt8]

    var isIPv6: Bool { self.octets.count == 16 }

    init(octets: [UInt8]) {
        self.octets = octets
    }

    /// Reads dotted decimal or the forms of RFC 4291 section 2.2; a zone (`%eth0`) means nothing elsewhere.
    init?(_ host: String) {
        let text = host.prefix { $0 != "%" }
        let family = text.utf8.contains(UInt8(ascii: ":")) ? AF_INET6 : AF_INET
        var octets = [UInt8](repeating: 0, count: family == AF_INET6 ? 16 : 4)
        let isRead = octets.withUnsafeMutableBytes { inet_pton(family, String(text), $0.baseAddress) == 1 }
        guard isRead else { return nil }
        self.octets = octets
    }

    /// As an IPv6 address: `::ffff:192.0.2.1` (RFC 4291 section 2.5.5.2).
    var mapped: NetworkAddress {
        self.isIPv6 ? self : NetworkAddress(octets: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + self.octets)
    }
}

/// Addresses for hosts that are known by a name only.
struct StandInAddresses {
    private var names: [String: NetworkAddress] = [:]

    /// The address of a host, and whether it was made up now. Names get 192.0.2.1, 192.0.2.2 …, which RFC 5737 keeps for
    /// documentation: they cannot be taken for a real host's.
    mutating func address(of host: String) -> (address: NetworkAddress, isNew: Bool) {
        if let address = NetworkAddress(host) { return (address, false) }
        if let address = self.names[host] { return (address, false) }
        let number = self.names.count
        let address = NetworkAddress(octets: [192, 0, 2, UInt8(number % 254 + 1)])
        // More names than numbers: they share them, and the file still tells each name once.
        self.names[host] = address
        return (address, true)
    }
}
