/// What a ``TLSHandler`` tells the handlers above it, beside the octets.
///
/// The peer's close_notify arrives as `ChannelEvent.inputClosed`.
public enum TLSEvent: Sendable {
    /// The handshake waits for ``TLSHandler/provide(_:)``. With both kinds of key OpenSSL chooses by the cipher suites.
    case clientHello(serverName: String?, keys: TLSKeyTypes)
    case established(TLSFacts)
    /// TLS is over. Nothing is read or written any more; the owner of the channel closes it.
    case failed(TLSFailure)
    /// The peer asked for renegotiation and was refused by a warning; the connection goes on.
    case renegotiationRefused
    /// The stream ended without close_notify: its last octets may be missing (RFC 8446 section 6.1).
    case truncated
}
