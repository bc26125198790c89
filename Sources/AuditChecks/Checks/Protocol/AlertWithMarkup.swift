import IMAPProtocol
import IMAPSession
import Traffic

struct AlertWithMarkup: Check {
    static let description = CheckDescription(
        id: "P12",
        name: "alert-with-markup",
        severity: .medium,
        reference: "RFC 9051 section 7.1",
        summary: "an alert holds an address of the web or markup",
        rationale:
            "Clients show alerts as their own words, so that a link in one is a phishing mail that no filter has seen.",
        remedy: "Let the client show alerts as plain text of the server, without links."
    )
    static let moments: Moments = [.greeting, .earlyUntagged, .notice, .completion]

    func look(at moment: Moment, _ audit: Audit) {
        let message: Message
        switch moment {
        case .greeting(let line), .untagged(let line), .completion(let line, _): message = line
        default: return
        }
        guard message.direction == .server, audit.code(of: message) == "ALERT" else { return }
        let lower = audit.words(message.arguments..<audit.text.count).lowercased()
        guard let mark = Self.marks.first(where: { lower.contains($0.word) }) else { return }
        audit.report(
            "an alert of the server holds \(mark.meaning)" + (audit.session.serverIsSecure ? "" : ", without TLS"),
            blame: .server
        )
    }

    private static let marks: [(word: String, meaning: String)] = [
        ("http://", "an address of the web"), ("https://", "an address of the web"), ("www.", "an address of the web"),
        ("mailto:", "an address to write to"), ("javascript:", "a script"), ("<a ", "a link in HTML"),
        ("<script", "a script in HTML"), ("<img", "an image in HTML"), ("<html", "HTML"), ("href=", "a link in HTML"),
    ]
}
