import IMAPProtocol
import IMAPSession
import Traffic

struct OnlySHA1: Check {
    static let description = CheckDescription(
        id: "SC23",
        name: "scram-only-sha1",
        severity: .low,
        reference: "RFC 7677 section 1",
        summary: "of the SCRAM mechanisms only the one with SHA-1 is offered",
        rationale: "Its keys are guessed faster, and policies forbid SHA-1.",
        remedy: "Let the server offer SCRAM-SHA-256, and users set their passwords again."
    )
    static let moments: Moments = .capabilities

    func look(at moment: Moment, _ audit: Audit) {
        guard case .capabilities(let offer) = moment,
            case let names = offer.mechanisms.filter({ $0.hasPrefix("SCRAM-") }), !names.isEmpty,
            names.allSatisfy({ $0.hasPrefix("SCRAM-SHA-1") })
        else { return }
        audit.report("offered are \(names.joined(separator: ", "))", blame: .server, leg: .upstream, direction: .server)
    }
}
