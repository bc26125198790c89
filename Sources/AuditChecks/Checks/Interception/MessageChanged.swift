import IMAPSession
import Traffic

struct MessageChanged: Check {
    static let description = CheckDescription(
        id: "X01",
        name: "message-changed",
        severity: .info,
        reference: "imapscope: rules and edits",
        summary: "imapscope changed what passed",
        rationale: "What one peer sent is not what the other got; findings on such a line may be about the edit.",
        remedy:
            "Look at the line before and after the edit in the transcript; run without rules to see the peers as they are."
    )
    static let moments: Moments = .edit

    func look(at moment: Moment, _ audit: Audit) {
        guard case .edit(let edit) = moment else { return }
        let sender = edit.direction == .client ? "client" : "server"
        let text =
            if edit.before.isEmpty {
                "imapscope sent “\(edit.after.trimmedLine.cited)” in the name of the \(sender)"
            } else if edit.after.isEmpty {
                "imapscope kept “\(edit.before.trimmedLine.cited)” of the \(sender) back"
            } else {
                "imapscope changed “\(edit.before.trimmedLine.cited)” of the \(sender) to "
                    + "“\(edit.after.trimmedLine.cited)”"
            }
        audit.report(
            "\(text): \(edit.cause.cited)",
            blame: .configuration,
            direction: edit.direction,
            offset: edit.offset
        )
    }
}
