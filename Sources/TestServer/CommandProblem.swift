import IMAPProtocol

/// Why a command is not carried out: what its tagged answer says.
struct CommandProblem: Error, Hashable {
    var status: Status
    var code: String?
    var text: String

    static func bad(_ text: String) -> CommandProblem { CommandProblem(status: .bad, code: nil, text: text) }

    static func no(_ text: String, code: String? = nil) -> CommandProblem {
        CommandProblem(status: .no, code: code, text: text)
    }

    static func noMailbox(code: String = "NONEXISTENT") -> CommandProblem {
        .no("Mailbox does not exist", code: code)
    }
}
