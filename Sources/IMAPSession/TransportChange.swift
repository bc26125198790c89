public import Traffic

/// A point from which a stream speaks another language.
public struct TransportChange: Sendable, Hashable {
    public enum Layer: String, Sendable, Hashable {
        case tls = "TLS"
        case deflate = "DEFLATE"
        case saslLayer = "SASL security layer"
        /// TLS that began without STARTTLS: a ClientHello on a cleartext port.
        case unexpectedTLS = "TLS on a cleartext port"
        /// Octets that cannot be attributed; framing waits for a plausible message.
        case desynchronised
    }

    /// What becomes of a compressed stream.
    public enum Handling: String, Sendable, Hashable {
        /// A copy is inflated and read, whatever happens to the octets themselves.
        case inflated
        /// The compressed octets are relayed untouched; a copy is inflated and read.
        case relayed
        /// Compression ends at imapscope on both legs: inflated, edited, deflated again.
        case terminated
        /// It cannot be inflated.
        case unread
    }

    public var layer: Layer
    /// Offset of the first octet in the new language, each in its direction's stream.
    public var clientOffset: UInt64
    public var serverOffset: UInt64
    /// For DEFLATE.
    public var handling: Handling?
    public var time: Timestamp

    public init(
        layer: Layer,
        clientOffset: UInt64,
        serverOffset: UInt64,
        handling: Handling? = nil,
        time: Timestamp
    ) {
        self.layer = layer
        self.clientOffset = clientOffset
        self.serverOffset = serverOffset
        self.handling = handling
        self.time = time
    }
}
