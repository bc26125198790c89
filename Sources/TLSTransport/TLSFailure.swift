public import NIOCore

/// Why a leg has no TLS, or has it no more. Facts: a report makes the sentences.
public enum TLSFailure: Error, Sendable, Hashable {
    /// The peer refused, by an alert.
    case refusedByPeer(TLSAlert, reason: String)
    /// This side refused what the peer sent, by an alert unless there was nothing to send it on.
    case refused(TLSAlert?, reason: String)
    /// This side refused the peer's certificate.
    case certificate(TLSCertificateProblem, TLSAlert?)
    /// The peer's first octet begins no TLS record: the octets that came, none of them used.
    case notTLS(ByteBuffer)
    /// The handshake was not over in time.
    case timedOut(TimeAmount)
    /// The connection ended within the handshake.
    case closedInHandshake
    /// There is no certificate for the name that the client asked for.
    case noIdentity(serverName: String?)
    /// The peer went on asking for renegotiation, which had been refused each time.
    case renegotiationFlood(requests: Int, limit: Int)

    /// The alert and whether the peer sent it.
    public var alert: (alert: TLSAlert, isFromPeer: Bool)? {
        switch self {
        case .refusedByPeer(let alert, _): (alert, true)
        case .refused(let alert?, _), .certificate(_, let alert?): (alert, false)
        default: nil
        }
    }
}

/// What verification found wrong with a peer's certificate.
public struct TLSCertificateProblem: Sendable, Hashable {
    /// OpenSSL's number, `X509_V_ERR_…`.
    public var code: Int32
    /// Such as `certificate has expired`.
    public var text: String
    /// 0 is the peer's own certificate, 1 the one that signed it.
    public var depth: Int
    /// The certificate that is at fault.
    public var certificate: TLSCertificate?
}
