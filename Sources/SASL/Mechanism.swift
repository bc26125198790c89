/// The name of a SASL mechanism (RFC 4422 section 3.1), in upper case.
public struct Mechanism: Sendable, Hashable, CustomStringConvertible {
    public let name: String

    /// Takes a name as it stands on the wire, in either case.
    public init(parsing text: RawSpan) throws(MechanismNameError) {
        guard text.byteCount > 0 else { throw .empty }
        guard text.byteCount <= 20 else { throw .tooLong(limit: 20, actual: text.byteCount) }
        var upper: [UInt8] = []
        let badOffset = text.withUnsafeBytes { text -> Int? in
            for (offset, character) in text.enumerated() {
                switch character {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "-"), UInt8(ascii: "_"):
                    upper.append(character)
                case UInt8(ascii: "a")...UInt8(ascii: "z"):
                    upper.append(character - 0x20)
                default:
                    return offset
                }
            }
            return nil
        }
        if let badOffset { throw .badCharacter(offset: badOffset) }
        self.name = String(decoding: upper, as: UTF8.self)
    }

    public init(parsing text: String) throws(MechanismNameError) {
        let bytes = Array(text.utf8)
        try self.init(parsing: bytes.span.bytes)
    }

    private init(known name: String) {
        self.name = name
    }

    public var description: String { self.name }
}

/// Why a text is not the name of a mechanism.
public enum MechanismNameError: Error, Sendable, Hashable {
    case empty
    case tooLong(limit: Int, actual: Int)
    case badCharacter(offset: Int)
}

extension Mechanism {
    public static let plain = Mechanism(known: "PLAIN")
    public static let login = Mechanism(known: "LOGIN")
    public static let cramMD5 = Mechanism(known: "CRAM-MD5")
    public static let digestMD5 = Mechanism(known: "DIGEST-MD5")
    public static let scramSHA1 = Mechanism(known: "SCRAM-SHA-1")
    public static let scramSHA1Plus = Mechanism(known: "SCRAM-SHA-1-PLUS")
    public static let scramSHA256 = Mechanism(known: "SCRAM-SHA-256")
    public static let scramSHA256Plus = Mechanism(known: "SCRAM-SHA-256-PLUS")
    public static let scramSHA512 = Mechanism(known: "SCRAM-SHA-512")
    public static let scramSHA512Plus = Mechanism(known: "SCRAM-SHA-512-PLUS")
    public static let scramSHA3512 = Mechanism(known: "SCRAM-SHA3-512")
    public static let scramSHA3512Plus = Mechanism(known: "SCRAM-SHA3-512-PLUS")
    public static let xoauth2 = Mechanism(known: "XOAUTH2")
    public static let oauthBearer = Mechanism(known: "OAUTHBEARER")
    public static let oauth10A = Mechanism(known: "OAUTH10A")
    public static let ntlm = Mechanism(known: "NTLM")
    public static let gssapi = Mechanism(known: "GSSAPI")
    public static let gssSPNEGO = Mechanism(known: "GSS-SPNEGO")
    public static let kerberosV4 = Mechanism(known: "KERBEROS_V4")
    public static let external = Mechanism(known: "EXTERNAL")
    public static let anonymous = Mechanism(known: "ANONYMOUS")
    public static let otp = Mechanism(known: "OTP")
    public static let skey = Mechanism(known: "SKEY")
}
