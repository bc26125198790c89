/// The condition of a status response (RFC 3501 section 7.1).
public enum Status: UInt8, Sendable, Hashable, CaseIterable {
    case ok
    case no
    case bad
    case bye
    case preauth

    /// The word on the wire, in capitals.
    public var name: String {
        switch self {
        case .ok: "OK"
        case .no: "NO"
        case .bad: "BAD"
        case .bye: "BYE"
        case .preauth: "PREAUTH"
        }
    }
}
