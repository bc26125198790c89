import IMAPProtocol
import IMAPSession
import Traffic
import Yams

/// `hide: [COMPRESS=*, IDLE]`: an extension that the client is not shown, and that is refused when it is used all the same.
struct HideAction: WireStep {
    static let name = "hide"
    static let subject = "capability lists and commands"

    private let change: CapabilityChange
    private let uses: HiddenUses

    init(_ operand: Node?, _ reader: WireActionReader) throws(RuleFileError) {
        let patterns = try CapabilitiesAction.patterns(try reader.operand(operand, Self.name), reader)
        self.change = CapabilityChange(removes: patterns)
        self.uses = HiddenUses(patterns)
    }

    func accepts(_ message: Message) -> Bool {
        message.direction == .server ? CapabilityChange.accepts(message) : self.uses.concerns(message)
    }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) throws(WireProblem) {
        if message.direction == .server { return self.change.plan(message, &edits) }
        guard let refusal = self.uses.refusal(of: message) else { return }
        edits.outcome = .answer(WireAnswer(tagged: refusal), rule: edits.rule)
    }
}
