/// What protects a TLS connection beside its version and suite; known where the handshake itself was seen.
public struct TLSProtections: Sendable, Hashable {
    /// RFC 7627: the secrets are bound to the whole handshake.
    public var hasExtendedMasterSecret: Bool
    /// RFC 5746
    public var hasSecureRenegotiation: Bool
    /// Both sides speak a newer version than was chosen, as the server's random says (RFC 8446 section 4.1.3).
    public var isDowngraded: Bool
    /// Compression of TLS itself (RFC 3749).
    public var isCompressed: Bool
    /// The server took data that came before the handshake was over (RFC 8446 section 2.3).
    public var acceptsEarlyData: Bool

    public init(
        hasExtendedMasterSecret: Bool = true,
        hasSecureRenegotiation: Bool = true,
        isDowngraded: Bool = false,
        isCompressed: Bool = false,
        acceptsEarlyData: Bool = false
    ) {
        self.hasExtendedMasterSecret = hasExtendedMasterSecret
        self.hasSecureRenegotiation = hasSecureRenegotiation
        self.isDowngraded = isDowngraded
        self.isCompressed = isCompressed
        self.acceptsEarlyData = acceptsEarlyData
    }
}
