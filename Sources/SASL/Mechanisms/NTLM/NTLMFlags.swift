/// NEGOTIATE flags, MS-NLMP 2.2.2.5.
struct NTLMFlags: OptionSet, Sendable, Hashable {
    let rawValue: UInt32

    static let unicode = NTLMFlags(rawValue: 0x0000_0001)
    static let oem = NTLMFlags(rawValue: 0x0000_0002)
    static let sign = NTLMFlags(rawValue: 0x0000_0010)
    static let seal = NTLMFlags(rawValue: 0x0000_0020)
    static let lmKey = NTLMFlags(rawValue: 0x0000_0080)
    static let anonymous = NTLMFlags(rawValue: 0x0000_0800)
    static let extendedSecurity = NTLMFlags(rawValue: 0x0008_0000)
    static let version = NTLMFlags(rawValue: 0x0200_0000)
    static let keyExchange = NTLMFlags(rawValue: 0x4000_0000)

    private static let names: [(UInt32, String)] = [
        (0x0000_0001, "unicode"), (0x0000_0002, "oem"), (0x0000_0004, "request-target"), (0x0000_0010, "sign"),
        (0x0000_0020, "seal"), (0x0000_0040, "datagram"), (0x0000_0080, "lm-key"), (0x0000_0200, "ntlm"),
        (0x0000_0800, "anonymous"), (0x0000_1000, "oem-domain"), (0x0000_2000, "oem-workstation"),
        (0x0000_8000, "always-sign"), (0x0001_0000, "target-is-domain"), (0x0002_0000, "target-is-server"),
        (0x0008_0000, "extended-session-security"), (0x0010_0000, "identify"), (0x0040_0000, "non-nt-session-key"),
        (0x0080_0000, "target-info"), (0x0200_0000, "version"), (0x2000_0000, "128-bit"),
        (0x4000_0000, "key-exchange"), (0x8000_0000, "56-bit"),
    ]

    /// `unicode ntlm always-sign`; bits without a name as a number.
    var text: String {
        var words = Self.names.filter { self.rawValue & $0.0 != 0 }.map(\.1)
        let unnamed = self.rawValue & ~Self.names.reduce(0) { $0 | $1.0 }
        if unnamed != 0 { words.append("0x" + String(unnamed, radix: 16)) }
        return words.joined(separator: " ")
    }
}
