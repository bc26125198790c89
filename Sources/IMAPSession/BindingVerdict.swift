import SASL

/// Whether what a client is bound to is the TLS connection that was seen.
public struct BindingVerdict: Sendable, Hashable {
    public enum Result: Sendable, Hashable {
        case matches
        case differs
        case notCheckable(reason: String)
    }

    /// The registered name: `tls-exporter`.
    public var name: String
    /// Against the client's connection; in a capture, against the only one.
    public var client: Result
    /// Against the proxy's connection to the server, which is the one that the server compares with; nil in a capture.
    public var upstream: Result?

    public init(name: String, client: Result, upstream: Result? = nil) {
        self.name = name
        self.client = client
        self.upstream = upstream
    }

    /// Nil when the exchange binds to nothing, or has not come so far.
    init?(_ claim: ChannelBindingClaim?, client: TLSFacts?, upstream: TLSFacts?, isRelayed: Bool) {
        guard let claim, case .required(let name) = claim.header.binding, let data = claim.data, !data.isEmpty else {
            return nil
        }
        self.name = name
        self.client = Self.compare(data, name, client)
        self.upstream = isRelayed ? Self.compare(data, name, upstream) : nil
    }

    private static func compare(_ data: [UInt8], _ name: String, _ facts: TLSFacts?) -> Result {
        guard let facts else { return .notCheckable(reason: "the connection is not TLS") }
        guard ["tls-unique", "tls-exporter", "tls-server-end-point"].contains(name) else {
            return .notCheckable(reason: "\(name) is not known")
        }
        if name == "tls-unique", facts.version == "TLS 1.3" {
            return .notCheckable(reason: "TLS 1.3 has no tls-unique (RFC 9266 section 3)")
        }
        guard let value = facts.binding(name) else {
            return .notCheckable(
                reason: name == "tls-server-end-point"
                    ? "the server's certificate was not seen, or its signature names no hash"
                    : "the secrets of the connection are not known"
            )
        }
        return value == data ? .matches : .differs
    }
}
