import IMAPProtocol
import IMAPSession
import Traffic

struct CleartextMail: Check {
    static let description = CheckDescription(
        id: "T02",
        name: "cleartext-mail",
        severity: .high,
        reference: "RFC 8314 section 3",
        summary: "mail was transferred in the clear",
        rationale: "Mails, names and subjects can be read and changed by whoever is on the way.",
        remedy: "Use TLS from the first octet (port 993)."
    )
    static let moments: Moments = .completion

    func look(at moment: Moment, _ audit: Audit) {
        guard case .completion(_, let exchange?) = moment, exchange.status == .ok, !audit.session.isEarly else {
            return
        }
        guard exchange.command == .fetch || exchange.command == .append else { return }
        let what = exchange.command == .fetch ? "FETCH" : "APPEND"
        if !audit.session.clientIsSecure {
            audit.report(
                "\(what) transferred mail in the clear",
                blame: .server,
                leg: .client,
                isOurs: audit.session.clearsClientLeg
            )
        } else if !audit.session.serverIsSecure {
            audit.report(
                "\(what) transferred mail in the clear to the server",
                blame: .configuration,
                leg: .upstream,
                isOurs: true
            )
        }
    }
}
