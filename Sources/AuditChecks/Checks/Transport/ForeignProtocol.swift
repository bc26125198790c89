import IMAPProtocol
import IMAPSession
import Traffic

/// What is no command is masked before a login, so what it says cannot be judged, only that there are several.
struct ForeignProtocol: Check {
    static let description = CheckDescription(
        id: "T13",
        name: "foreign-protocol",
        severity: .medium,
        reference: "RFC 9051 section 7.1.3",
        summary: "the client sends what is no IMAP, and the server goes on answering",
        rationale:
            "A browser can be made to send chosen text to a mail port; a server that answers each line lets it act in the name of a user (cross-protocol attack).",
        remedy: "Close the connection after a few lines that are no commands."
    )
    static let moments: Moments = .completion

    private var answers = 0

    mutating func look(at moment: Moment, _ audit: Audit) {
        guard case .completion(let message, let exchange?) = moment, message.status == .bad, exchange.hidesTag else {
            return
        }
        self.answers += 1
        if self.answers == 4 {
            audit.report("the server answered BAD four times to lines that are no commands, and stayed", blame: .server)
        }
    }
}
