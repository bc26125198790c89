import IMAPProtocol
import IMAPSession
import Traffic

struct CapabilitiesDiffer: Check {
    static let description = CheckDescription(
        id: "C09",
        name: "capabilities-differ",
        severity: .medium,
        reference: "RFC 9051 section 7.2.2",
        summary: "two lists of capabilities differ although nothing has changed in between",
        rationale:
            "A client that reads one of them only sees another server: it may miss STARTTLS or a strong mechanism.",
        remedy: "Let the server send the same list in greeting, code and answer."
    )
    static let moments: Moments = .capabilities

    private var last: CapabilityOffer?

    mutating func look(at moment: Moment, _ audit: Audit) {
        guard case .capabilities(let offer) = moment else { return }
        defer { self.last = offer }
        guard let last = self.last, last.isSecure == offer.isSecure, last.isAuthenticated == offer.isAuthenticated,
            last.isCompressed == offer.isCompressed
        else { return }
        let lost = last.words.filter { !offer.contains($0) }
        let gained = offer.words.filter { !last.contains($0) }
        guard !lost.isEmpty || !gained.isEmpty else { return }
        let parts = [("without", lost), ("with", gained)].filter { !$0.1.isEmpty }
        audit.report(
            "this list is the one before \(parts.map { "\($0.0) \($0.1.prefix(8).joined(separator: " "))" }.joined(separator: ", "))",
            blame: .server,
            leg: .upstream,
            direction: .server
        )
    }
}
