/// The values that both ends of a TLS connection share and nobody else has, for mechanisms that bind to it (RFC 5056).
///
/// They are no secrets, but nobody needs to see them: no output prints them.
public struct ChannelBindingValues: Sendable, Hashable {
    /// tls-unique (RFC 5929 section 3); TLS 1.3 has none.
    public var unique: [UInt8]?
    /// tls-exporter (RFC 9266); in a capture only with the secrets of the connection.
    public var exporter: [UInt8]?

    public init(unique: [UInt8]? = nil, exporter: [UInt8]? = nil) {
        self.unique = unique
        self.exporter = exporter
    }
}

extension TLSFacts {
    /// The value of a registered binding; nil when it is not known.
    func binding(_ name: String) -> [UInt8]? {
        switch name {
        case "tls-unique": self.bindings?.unique
        case "tls-exporter": self.bindings?.exporter
        case "tls-server-end-point": self.certificate?.endPointHash
        default: nil
        }
    }
}
