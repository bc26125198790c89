import IMAPSession
import Traffic

struct BaselineLost: Check {
    static let description = CheckDescription(
        id: "S18",
        name: "baseline-lost",
        severity: .high,
        reference: "RFC 8314 section 5",
        summary: "the server does not offer what it has offered before",
        rationale:
            "Whoever takes STARTTLS, LOGINDISABLED or a strong mechanism out of a list gets a weaker login; only the memory of earlier lists shows it.",
        remedy:
            "Find out who changed the list. When it was the server's administrator, delete the server's baseline file."
    )
    static let moments: Moments = .capabilities

    func look(at moment: Moment, _ audit: Audit) {
        guard case .capabilities(let offer) = moment else { return }
        let known = audit.history.learn(offer, of: audit.session.server)
        let lost = known.filter { Self.protects($0) && !offer.contains($0) }.sorted()
        guard !lost.isEmpty else { return }
        audit.report(
            "\(audit.session.server) does not offer \(lost.joined(separator: ", ")) any more",
            blame: .server,
            leg: .upstream,
            direction: .server
        )
    }

    private static func protects(_ word: String) -> Bool {
        word == "STARTTLS" || word == "LOGINDISABLED" || word.hasPrefix("AUTH=SCRAM-") || word.hasSuffix("-PLUS")
    }
}
