import IMAPProtocol
import IMAPSession
import Traffic

struct StartTLSUnderTLS: Check {
    static let description = CheckDescription(
        id: "T15",
        name: "starttls-under-tls",
        severity: .low,
        reference: "RFC 9051 section 6.2.1",
        summary: "the server accepts STARTTLS where TLS is on already",
        rationale: "The server must answer BAD; TLS within TLS confuses clients and proxies.",
        remedy: "Update the server."
    )
    static let moments: Moments = .completion

    func look(at moment: Moment, _ audit: Audit) {
        guard case .completion(_, let exchange?) = moment, exchange.command == .starttls, exchange.status == .ok else {
            return
        }
        guard audit.session.clientIsSecure else { return }
        audit.report("STARTTLS was answered OK although TLS was on already", blame: .server)
    }
}
