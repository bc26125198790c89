/// A version as it stands in records and hellos. Unlike OpenSSL's versions it may be anything that a peer sends.
public struct ProtocolVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    public var code: UInt16

    public init(_ code: UInt16) {
        self.code = code
    }

    public static let ssl2 = ProtocolVersion(0x0002)
    public static let ssl3 = ProtocolVersion(0x0300)
    public static let tls10 = ProtocolVersion(0x0301)
    public static let tls11 = ProtocolVersion(0x0302)
    public static let tls12 = ProtocolVersion(0x0303)
    public static let tls13 = ProtocolVersion(0x0304)

    /// The drafts of TLS 1.3 announced themselves as 0x7F and their number; 23 and later are protected as the RFC is.
    public var draft: Int? { self.code >> 8 == 0x7F ? Int(self.code & 0xFF) : nil }

    public var isTLS13: Bool { self == .tls13 || (self.draft ?? 0) >= 23 }

    public var isGREASE: Bool { TLSDecryption.isGREASE(self.code) }

    public static func < (left: ProtocolVersion, right: ProtocolVersion) -> Bool { left.code < right.code }

    public var description: String {
        switch self.code {
        case 0x0002: "SSL 2.0"
        case 0x0300: "SSL 3.0"
        case 0x0301...0x0304: "TLS 1.\(self.code - 0x0301)"
        default:
            if let draft = self.draft {
                "TLS 1.3 draft \(draft)"
            } else if self.isGREASE {
                "GREASE"
            } else {
                "version 0x\(hexadecimal(self.code))"
            }
        }
    }
}
