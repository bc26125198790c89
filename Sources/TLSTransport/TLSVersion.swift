import COpenSSL

/// A protocol version. TLS 1.0 and 1.1 are deprecated (RFC 8996), but old mail servers speak nothing else.
public enum TLSVersion: Int32, Sendable, Hashable, Comparable, CaseIterable, CustomStringConvertible {
    case tls10 = 0x0301
    case tls11 = 0x0302
    case tls12 = 0x0303
    case tls13 = 0x0304

    public static func < (left: TLSVersion, right: TLSVersion) -> Bool {
        left.rawValue < right.rawValue
    }

    /// `TLS 1.2`
    public var description: String { "TLS 1.\(self.rawValue - 0x0301)" }
}
