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

    public var layer: Layer
    /// Offset of the first octet in the new language, each in its direction's stream.
    public var clientOffset: UInt64
    public var serverOffset: UInt64
    public var time: Timestamp

    public init(layer: Layer, clientOffset: UInt64, serverOffset: UInt64, time: Timestamp) {
        self.layer = layer
        self.clientOffset = clientOffset
        self.serverOffset = serverOffset
        self.time = time
    }
}
