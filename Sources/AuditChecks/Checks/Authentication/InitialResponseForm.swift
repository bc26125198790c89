import IMAPProtocol
import IMAPSession
import Traffic

struct InitialResponseForm: Check {
    static let description = CheckDescription(
        id: "A04",
        name: "initial-response-form",
        severity: .low,
        reference: "RFC 9051 section 6.2.2, RFC 4959 section 3",
        summary: "the initial response is quoted, a literal, or nothing where = is meant",
        rationale: "Servers that follow the grammar refuse the command, or take the quotes for a part of the message.",
        remedy: "Let the client send base64 without quotes, and = for an empty response."
    )
    static let moments: Moments = .command

    func look(at moment: Moment, _ audit: Audit) {
        guard case .command(let message) = moment, message.command == .authenticate else { return }
        let line = audit.words(message.arguments..<audit.text.count)
        guard let blank = line.firstIndex(of: " ") else { return }
        let rest = line[line.index(after: blank)...]
        let form: String
        switch rest.unicodeScalars.first {
        case "\r", "\n", nil: form = "missing behind the blank"
        case "\"": form = "quoted"
        case "{", "~": form = "a literal"
        default: return
        }
        audit.report("the initial response is \(form)", blame: .client)
    }
}
