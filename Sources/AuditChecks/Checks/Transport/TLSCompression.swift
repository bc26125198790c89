import IMAPProtocol
import IMAPSession
import Traffic

struct TLSCompression: Check {
    static let description = CheckDescription(
        id: "T09",
        name: "tls-compression",
        severity: .medium,
        reference: "RFC 9325 section 3.3",
        summary: "TLS itself compresses",
        rationale: "The length of what is encrypted tells about its content, which gives secrets away (CRIME).",
        remedy: "Turn compression off in the TLS library; COMPRESS=DEFLATE of IMAP begins behind the login."
    )
    static let moments: Moments = .tls

    func look(at moment: Moment, _ audit: Audit) {
        guard case .tls(let change) = moment, case .established(let facts) = change.outcome else { return }
        guard facts.protections?.isCompressed == true else { return }
        audit.report("TLS compression was negotiated", blame: .server, leg: change.leg)
    }
}
