#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An entry of subjectAltName that a TLS client compares with the server it wanted (RFC 5280 section 4.2.1.6).
public enum SubjectAltName: Sendable, Hashable {
    /// As it stands in the certificate, which may be anything; see ``isWellFormed``.
    case dns(String)
    /// 4 or 16 octets in a good certificate.
    case ip([UInt8])

    /// The entry for what a user or a client calls the server: an address, or a DNS name in lower case without the dot
    /// at its end. Nil when it is neither.
    public init?(host: String) {
        if let address = Self.address(host) {
            self = .ip(address)
            return
        }
        var name = host.lowercased()
        if name.hasSuffix(".") { name.removeLast() }
        self = .dns(name)
        guard self.isWellFormed else { return nil }
    }

    /// Whether the entry may go into a certificate of ours: an address of the right length, or a name in the letters,
    /// digits, hyphens of RFC 1123 section 2.1 (and the underscore, which real names have), `*` only as the whole first
    /// label (RFC 9525 section 6.3). Names in other scripts have to be in their A-label form (RFC 5890).
    public var isWellFormed: Bool {
        switch self {
        case .ip(let octets): octets.count == 4 || octets.count == 16
        case .dns(let name): Self.isWellFormed(name)
        }
    }

    /// `imap.example.org`, `192.0.2.1`, `2001:db8::1`, or hexadecimal digits for an address of another length.
    public var text: String {
        switch self {
        case .dns(let name): name
        case .ip(let octets): Self.addressText(octets) ?? Hexadecimal.string(octets)
        }
    }

    /// RFC 1035 section 2.3.4: 63 octets a label, 253 characters in all.
    private static func isWellFormed(_ name: String) -> Bool {
        guard name.utf8.count <= 253 else { return false }
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        for (index, label) in labels.enumerated() {
            if index == 0, labels.count > 1, label.elementsEqual("*".utf8) { continue }
            guard (1...63).contains(label.count), label.allSatisfy(self.isLabelOctet) else { return false }
            guard label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-") else { return false }
        }
        // A name of digits only would be read as an address.
        return labels.last?.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } == false
    }

    private static func isLabelOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private static func address(_ text: String) -> [UInt8]? {
        // inet_pton would stop at a NUL and take what stands before it.
        guard !text.utf8.contains(0) else { return nil }
        var octets = [UInt8](repeating: 0, count: 16)
        if inet_pton(AF_INET, text, &octets) == 1 { return Array(octets[..<4]) }
        let inner = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        if inet_pton(AF_INET6, inner, &octets) == 1 { return octets }
        return nil
    }

    private static func addressText(_ octets: [UInt8]) -> String? {
        guard octets.count == 4 || octets.count == 16 else { return nil }
        var text = [CChar](repeating: 0, count: 64)
        let family = octets.count == 4 ? AF_INET : AF_INET6
        guard inet_ntop(family, octets, &text, socklen_t(text.count)) != nil else { return nil }
        return text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }
}
