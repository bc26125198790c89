import IMAPProtocol
import IMAPSession
import Traffic

struct ForeignProtocol: Check {
    static let description = CheckDescription(
        id: "T13",
        name: "foreign-protocol",
        severity: .medium,
        reference: "RFC 9051 section 7.1.3",
        summary: "the client speaks another protocol, and the server goes on answering",
        rationale:
            "A browser can be made to send chosen text to a mail port; a server that answers each line lets it act in the name of a user (cross-protocol attack).",
        remedy: "Close the connection after a few lines that are no commands."
    )
    static let moments: Moments = [.clientLine, .command, .completion]

    private static let methods = [
        "GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "HOST:", "USER-AGENT:", "EHLO", "HELO", "MAIL", "USER",
    ]
    private var isForeign = false
    private var answers = 0

    mutating func look(at moment: Moment, _ audit: Audit) {
        switch moment {
        case .command, .clientLine:
            let word = audit.words(0..<audit.text.count).prefix { $0 != " " && $0 != "\r\n" && $0 != "\r" }.uppercased()
            if Self.methods.contains(word) { self.isForeign = true }
        case .completion(let message, _):
            guard self.isForeign, message.status == .bad else { return }
            self.answers += 1
            if self.answers == 4 {
                audit.report(
                    "the server answered BAD four times to lines of another protocol, and stayed",
                    blame: .server
                )
            }
        default: break
        }
    }
}
