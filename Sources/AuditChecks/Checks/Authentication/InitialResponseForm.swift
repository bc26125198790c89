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
        remedy: "Let the client send base64 without quotes, and = for an empty response.",
        adopts: ["sasl-initial-response-form"]
    )
    static let moments: Moments = .command

    func look(at moment: Moment, _ audit: Audit) {
        guard case .command(let message) = moment, message.command == .authenticate else { return }
        let words = audit.words(message.arguments..<audit.text.count)
        // A blank behind the mechanism announces a response, and none is there.
        guard words.hasSuffix(" \r\n"), words.trimmedLine.contains(" ") == false else { return }
        audit.report("the initial response is missing behind the blank", blame: .client)
    }
}
