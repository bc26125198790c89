/// What can happen to the TLS of a leg after its handshake.
public enum TLSNotice: Sendable, Hashable {
    /// The stream ended without close_notify: its last octets may be missing (RFC 8446 section 6.1).
    case truncated
    /// The peer asked for renegotiation and was refused; the connection goes on.
    case renegotiationRefused
    case broken(TLSHandshakeFailure)
    /// The server shows a certificate that no earlier connection of this run has seen; fingerprints.
    case certificateChanged(from: String, to: String)

    var outcome: TLSChange.Outcome? {
        switch self {
        case .truncated: .truncated
        case .renegotiationRefused: .renegotiationRefused
        case .broken(let failure): .broken(failure)
        case .certificateChanged: nil
        }
    }
}
