import IMAPProtocol
import IMAPSession

/// What a rule does to the capability lists that a client is shown, wherever they stand: the response, and the codes of
/// greeting and completions.
struct CapabilityChange: Sendable {
    var removes: [CapabilityPattern] = []
    var adds: [String] = []

    static func accepts(_ message: Message) -> Bool { message.response == .capability || message.status != nil }

    func plan(_ message: WireMessage, _ edits: inout RuleEdits) {
        guard let list = message.capabilities else { return }
        var kept: Set<String> = []
        var losesRevision = false
        for word in list.words {
            let name = message.text(word).uppercased()
            // A space stands before every word; it goes with it.
            if self.removes.contains(where: { $0.matches(name) }) {
                edits.replace((word.lowerBound - 1)..<word.upperBound, [])
                if Self.revisions.contains(name) { losesRevision = true }
            } else {
                kept.insert(name)
            }
        }
        var added: [UInt8] = []
        for name in self.adds where kept.insert(name.uppercased()).inserted { added += [0x20] + Array(name.utf8) }
        // A list that named a revision names one still (RFC 3501 section 7.2.1).
        if kept.isEmpty || losesRevision && kept.isDisjoint(with: Self.revisions) { added += Array(" IMAP4rev1".utf8) }
        if !added.isEmpty { edits.replace(list.end..<list.end, added) }
    }

    private static let revisions: Set<String> = ["IMAP4REV1", "IMAP4REV2"]
}
