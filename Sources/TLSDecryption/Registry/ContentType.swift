/// What a record carries (RFC 8446 section 5.1).
public enum ContentType: UInt8, Sendable, Hashable {
    case changeCipherSpec = 20
    case alert = 21
    case handshake = 22
    case applicationData = 23
    /// RFC 6520.
    case heartbeat = 24
}
