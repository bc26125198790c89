import NIOCore
import Probing
import Reporting
import TLSTransport
import Traffic

extension ProbeTLS {
    init(_ facts: TLSFacts, now: Timestamp) {
        let version: ProbeTLSVersion =
            switch facts.version {
            case .tls10: .tls10
            case .tls11: .tls11
            case .tls12: .tls12
            case .tls13: .tls13
            }
        self.init(
            version: version,
            cipherSuite: facts.cipherSuite,
            certificate: facts.peerCertificates.first.flatMap { Certificate($0, now: now) },
            problem: facts.certificateProblem?.text
        )
    }
}

extension ProbeTLS.Certificate {
    init?(_ certificate: TLSCertificate, now: Timestamp) {
        guard let fields = certificate.fields else { return nil }
        self.init(
            subject: fields.subject,
            issuer: fields.issuer,
            names: fields.names,
            notBefore: Self.day(fields.notBefore),
            notAfter: Self.day(fields.notAfter),
            daysLeft: Int((fields.notAfter - now.nanoseconds / 1_000_000_000) / 86_400),
            key: fields.key,
            signatureAlgorithm: fields.signatureAlgorithm,
            fingerprint: certificate.fingerprint ?? "unknown"
        )
    }

    /// A `Timestamp` ends in 2262, certificates without an end in 9999.
    private static func day(_ seconds: Int64) -> String {
        let limit = Int64.max / 1_000_000_000 - 1
        return seconds > limit ? "no end" : TerminalText.day(Timestamp(seconds: max(seconds, 0), nanoseconds: 0))
    }
}

extension TLSFailure {
    /// A failure that began with what this side cannot do is none of the server's.
    var outcome: HandshakeOutcome {
        switch self {
        case .refused(nil, let reason): .notOffered("OpenSSL here: \(reason)")
        case .refusedByPeer(let alert, _): .refused("the server sent the alert \(alert)")
        case .refused(_, let reason): .refused(reason)
        case .certificate(let problem, _): .refused(problem.text)
        case .notTLS: .refused("what came is not TLS")
        case .timedOut(let amount): .refused("no handshake within \(amount.nanoseconds / 1_000_000_000) s")
        case .closedInHandshake: .refused("the connection was closed in the handshake")
        case .noIdentity: .refused("there is no certificate")
        case .renegotiationFlood: .refused("the server asked for renegotiation again and again")
        }
    }
}
