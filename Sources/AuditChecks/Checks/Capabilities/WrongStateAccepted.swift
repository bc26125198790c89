import IMAPProtocol
import IMAPSession
import Traffic

struct WrongStateAccepted: Check {
    static let description = CheckDescription(
        id: "C16",
        name: "wrong-state-accepted",
        severity: .medium,
        reference: "RFC 9051 section 3",
        summary: "the server carried out a command that the state of the session does not allow",
        rationale: "What should need a login or a selected mailbox is possible without.",
        remedy: "Report it to the vendor of the server: checks of the state are missing."
    )
    static let moments: Moments = [.finding, .command, .completion]

    private var isWrong = false
    private var wrong: Set<Int> = []

    mutating func look(at moment: Moment, _ audit: Audit) {
        switch moment {
        case .finding(let finding): if finding.id == "command-in-wrong-state" { self.isWrong = true }
        case .command(let message):
            if self.isWrong, self.wrong.count < 64 { self.wrong.insert(message.exchange) }
            self.isWrong = false
        case .completion(let message, let exchange?):
            guard message.status == .ok, self.wrong.remove(exchange.number) != nil, !audit.session.isPartial
            else { return }
            audit.report(
                "\(exchange.command?.rawValue.uppercased() ?? "a command") succeeded in the state “\(audit.session.state.rawValue)”",
                blame: .server
            )
        default: break
        }
    }
}
