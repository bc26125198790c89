/// A mechanism of GSS-API by its object identifier.
enum GSSMechanism: Sendable, Hashable {
    case kerberos
    /// The wrong identifier that Windows 2000 sent and all still offer (MS-SPNG 1.9).
    case microsoftKerberos
    case userToUser
    case ntlm
    case spnego
    case negoEx
    case iakerb
    case other(String)

    private static let known: [String: GSSMechanism] = [
        "1.2.840.113554.1.2.2": .kerberos, "1.2.840.48018.1.2.2": .microsoftKerberos,
        "1.2.840.113554.1.2.2.3": .userToUser, "1.3.6.1.4.1.311.2.2.10": .ntlm, "1.3.6.1.5.5.2": .spnego,
        "1.3.6.1.4.1.311.2.2.30": .negoEx, "1.3.6.1.5.2.5": .iakerb,
    ]

    init?(_ content: ArraySlice<UInt8>) {
        guard let text = ObjectIdentifier.text(content) else { return nil }
        self = Self.known[text] ?? .other(text)
    }

    var isKerberos: Bool { self == .kerberos || self == .microsoftKerberos }

    var text: String {
        switch self {
        case .kerberos: "Kerberos"
        case .microsoftKerberos: "Kerberos (Microsoft's identifier)"
        case .userToUser: "Kerberos user-to-user"
        case .ntlm: "NTLM"
        case .spnego: "SPNEGO"
        case .negoEx: "NegoEx"
        case .iakerb: "IAKERB"
        case .other(let identifier): identifier
        }
    }
}
