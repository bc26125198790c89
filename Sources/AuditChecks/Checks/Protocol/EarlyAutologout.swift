import IMAPProtocol
import IMAPSession
import Traffic

struct EarlyAutologout: Check {
    static let description = CheckDescription(
        id: "P14",
        name: "early-autologout",
        severity: .low,
        reference: "RFC 9051 section 5.4",
        summary: "the server logs an inactive client out before 30 minutes have passed",
        rationale: "Clients count on half an hour: they lose the mailbox, and connect and log in again and again.",
        remedy: "Set the timer of the server to 30 minutes at least."
    )
    static let moments: Moments = [.command, .clientLine, .notice]

    private var lastClientLine: Timestamp?

    mutating func look(at moment: Moment, _ audit: Audit) {
        switch moment {
        case .command(let message), .clientLine(let message):
            if !audit.session.isEarly { self.lastClientLine = message.time }
        case .untagged(let message):
            guard message.response == .bye, let last = self.lastClientLine else { return }
            let seconds = message.time.since(last) / 1_000_000_000
            guard seconds >= Self.shortest, seconds < Self.longest else { return }
            let text = audit.words(message.arguments..<audit.text.count).lowercased()
            guard Self.words.contains(where: { text.contains($0) }) else { return }
            audit.report(
                "the server logs the client out after \(seconds) seconds of inactivity; 1800 is the least",
                blame: .server
            )
        default: return
        }
    }

    /// What comes sooner is no timer.
    private static let shortest: Int64 = 30
    private static let longest: Int64 = 1800
    private static let words = ["inactiv", "autologout", "auto-logout", "autologoff", "idle", "timeout", "timed out"]
}
