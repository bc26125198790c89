import CPcap

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An interface on which packets can be captured, as far as libpcap knows.
public struct NetworkInterface: Sendable, Hashable {
    public var name: String
    public var meaning: String?
    /// IPv4 and IPv6 addresses.
    public var addresses: [String]
    public var isLoopback: Bool
    public var isUp: Bool

    public init(
        name: String,
        meaning: String? = nil,
        addresses: [String] = [],
        isLoopback: Bool = false,
        isUp: Bool = true
    ) {
        self.name = name
        self.meaning = meaning
        self.addresses = addresses
        self.isLoopback = isLoopback
        self.isUp = isUp
    }

    /// All there are, in the order in which libpcap thinks they matter.
    public static func all() throws(LiveCaptureError) -> [NetworkInterface] {
        var first: UnsafeMutablePointer<pcap_if_t>?
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard pcap_findalldevs(&first, &message) == 0 else {
            throw LiveCaptureError(.other, interface: "any", reason: bufferText(message))
        }
        defer { pcap_freealldevs(first) }
        var found: [NetworkInterface] = []
        var next = first
        while let entry = next?.pointee {
            found.append(NetworkInterface(entry))
            next = entry.next
        }
        return found
    }

    private init(_ entry: pcap_if_t) {
        self.name = String(cString: entry.name)
        self.meaning = entry.description.map { String(cString: $0) }
        self.isLoopback = entry.flags & UInt32(PCAP_IF_LOOPBACK) != 0
        self.isUp = entry.flags & UInt32(PCAP_IF_UP) != 0
        self.addresses = []
        var next = entry.addresses
        while let address = next?.pointee {
            if let socket = address.addr, let text = Self.text(of: socket) { self.addresses.append(text) }
            next = address.next
        }
    }

    private static func text(of address: UnsafeMutablePointer<sockaddr>) -> String? {
        let family = Int32(address.pointee.sa_family)
        guard family == AF_INET || family == AF_INET6 else { return nil }
        let length = family == AF_INET ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
        var host = [CChar](repeating: 0, count: 64)
        guard getnameinfo(address, socklen_t(length), &host, 64, nil, 0, NI_NUMERICHOST) == 0 else { return nil }
        return bufferText(host)
    }
}

/// A string that a C function left in a buffer.
func bufferText(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
