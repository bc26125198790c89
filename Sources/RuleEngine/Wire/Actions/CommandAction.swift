import FilterLanguage
import IMAPProtocol
import IMAPSession
import Yams

/// `command: EXAMINE`: another command with the same arguments.
struct CommandAction: WireStep {
    static let name = "command"
    static let subject = "commands"

    private let command: Command

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let node = try reader.operand(operand, Self.name)
        let word = try reader.yaml.text(node, Self.name)
        // These switch the streams: what the peers do afterwards would not be the same on both sides.
        let all = Command.allCases.filter {
            ![.starttls, .compress, .authenticate, .login, .idle, .logout].contains($0)
        }
        guard let command = all.first(where: { $0.rawValue == word.uppercased() }) else {
            throw reader.failure(
                node,
                "“\(word)” is no command that can stand in for another",
                Spelling.nearest(to: word, among: all.map(\.rawValue))
            )
        }
        self.command = command
    }

    func accepts(_ message: Message) -> Bool {
        guard message.kind == .command, let command = message.command else { return false }
        return ![.starttls, .compress, .authenticate, .login, .idle, .logout].contains(command)
    }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        var name = message.message.name
        if message.message.isUID {
            // `UID FETCH`: the second word is the command.
            while name.lowerBound < name.upperBound, message.octets[name.lowerBound] > 0x20 {
                name = (name.lowerBound + 1)..<name.upperBound
            }
            while name.lowerBound < name.upperBound, message.octets[name.lowerBound] == 0x20 {
                name = (name.lowerBound + 1)..<name.upperBound
            }
        }
        edits.replace(name, self.command.rawValue.utf8)
    }
}
