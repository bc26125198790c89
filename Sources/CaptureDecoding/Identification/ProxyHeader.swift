import PacketDecoding
public import Traffic

/// The header by which a load balancer tells a server who the client is (HAProxy's PROXY protocol, versions 1 and 2).
public struct ProxyHeader: Sendable, Hashable {
    /// The client and the server as the balancer saw them; nil for its own connections and unknown families.
    public var client: Endpoint?
    public var server: Endpoint?
    public var version: Int

    private static let signature: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]
    private static let word: [UInt8] = Array("PROXY ".utf8)
    /// Longer than any header of version 1, its line end included.
    private static let longest = 107

    /// The length of the header that `octets` begin with: nil when they begin with none, `.some(nil)` when it is not all
    /// there yet.
    static func length(_ octets: RawSpan) -> Int?? {
        if Self.begins(octets, Self.signature) {
            guard octets.byteCount >= 16 else { return .some(nil) }
            let length = 16 + (Int(octets[14]) << 8 | Int(octets[15]))
            return octets.byteCount >= length ? .some(length) : .some(nil)
        }
        guard Self.begins(octets, Self.word) else { return nil }
        for index in 0..<min(octets.byteCount, Self.longest) where octets[index] == 0x0A { return .some(index + 1) }
        return octets.byteCount < Self.longest ? .some(nil) : nil
    }

    /// Whether `octets` begin with `start`, as far as there are any. One octet of it is no reason to wait.
    private static func begins(_ octets: RawSpan, _ start: [UInt8]) -> Bool {
        let count = min(octets.byteCount, start.count)
        guard count >= 2 else { return false }
        for index in 0..<count where octets[index] != start[index] { return false }
        return true
    }

    /// Reads a whole header.
    init(_ octets: RawSpan) {
        self.version = octets[0] == 0x0D ? 2 : 1
        if self.version == 1 { self.readText(octets) } else { self.readBinary(octets) }
    }

    /// `PROXY TCP4 source destination port port`
    private mutating func readText(_ octets: RawSpan) {
        let text = octets.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        let words = text.split(whereSeparator: { $0.isWhitespace })
        guard words.count >= 6, words[1] == "TCP4" || words[1] == "TCP6", let from = UInt16(words[4]),
            let to = UInt16(words[5])
        else { return }
        self.client = Endpoint(host: String(words[2]), port: from)
        self.server = Endpoint(host: String(words[3]), port: to)
    }

    /// Signature 12, version and command 1, family and protocol 1, length 2, addresses, ports.
    private mutating func readBinary(_ octets: RawSpan) {
        // LOCAL: the balancer's own health check.
        guard octets[12] == 0x21 else { return }
        let family = octets[13] >> 4
        let size = family == 1 ? 4 : family == 2 ? 16 : 0
        guard size > 0, octets.byteCount >= 16 + 2 * size + 4 else { return }
        let ports = 16 + 2 * size
        self.client = Endpoint(
            host: Self.host(octets, at: 16, size),
            port: UInt16(octets[ports]) << 8 | UInt16(octets[ports + 1])
        )
        self.server = Endpoint(
            host: Self.host(octets, at: 16 + size, size),
            port: UInt16(octets[ports + 2]) << 8 | UInt16(octets[ports + 3])
        )
    }

    private static func host(_ octets: RawSpan, at offset: Int, _ size: Int) -> String {
        var parts: [UInt64] = [0, 0]
        for index in 0..<size { parts[index / 8] = parts[index / 8] << 8 | UInt64(octets[offset + index]) }
        return size == 4
            ? IPAddress(ipv4: UInt32(parts[0])).description
            : IPAddress(ipv6High: parts[0], low: parts[1]).description
    }
}
