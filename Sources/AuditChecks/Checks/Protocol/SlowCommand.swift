import IMAPProtocol
import IMAPSession

struct SlowCommand: Check {
    static let description = CheckDescription(
        id: "P19",
        name: "slow-command",
        severity: .info,
        reference: "RFC 9051 section 5.5",
        summary: "the answer to a command took longer than the policy allows",
        rationale:
            "Whether the first octet or the last one is late tells a slow server from a slow line or a large answer.",
        remedy: "Look at what the server does in that time; ask for less at once where the answer is large."
    )
    static let moments: Moments = .completion

    func look(at moment: Moment, _ audit: Audit) {
        guard case .completion(_, let exchange?) = moment, exchange.command != .idle,
            exchange.command != .authenticate, let latency = exchange.latency, latency > audit.policy.slowCommand
        else { return }
        let first = exchange.firstAnswerLatency.map { ", its first octet after \(Self.text($0)) s" } ?? ""
        audit.report(
            "\(exchange.name.cited) was completed after \(Self.text(latency)) s" + first,
            blame: .server
        )
    }

    private static func text(_ nanoseconds: Int64) -> String {
        let tenths = nanoseconds / 100_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}
