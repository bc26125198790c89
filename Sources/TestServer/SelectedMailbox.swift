/// What one connection knows of the mailbox that it has selected.
///
/// Sequence numbers are a connection's own: they change only when it is told (RFC 3501 sections 5.2 and 7.4.1), while
/// others change the mailbox.
struct SelectedMailbox: Sendable {
    struct Entry: Sendable {
        var uid: UInt32
        var modification: UInt64
        var isRecent: Bool
    }

    let name: String
    let uidValidity: UInt32
    let isReadOnly: Bool
    /// By sequence number, from 1.
    private(set) var entries: [Entry] = []
    private var keywordsAnnounced = 0

    init(_ mailbox: inout Mailbox, name: String, isReadOnly: Bool) {
        self.name = name
        self.uidValidity = mailbox.uidValidity
        self.isReadOnly = isReadOnly
        self.keywordsAnnounced = mailbox.keywords.count
        self.takeNew(&mailbox)
    }

    var count: Int { self.entries.count }
    var recentCount: Int { self.entries.count { $0.isRecent } }

    /// The indices into ``entries`` that `set` names, ascending.
    func indices(_ set: SequenceSet, isUID: Bool) throws(CommandProblem) -> [Int] {
        let largest = isUID ? self.entries.last?.uid ?? 0 : UInt32(self.entries.count)
        let ranges = set.resolved(largest: largest)
        if isUID {
            return self.entries.indices.filter { index in ranges.contains { $0.contains(self.entries[index].uid) } }
        }
        // `1:*` in an empty mailbox is common and harmless; a number beyond the last message is an error.
        if self.entries.isEmpty, set.ranges.contains(where: { $0.1 == .largest || $0.0 == .largest }) { return [] }
        guard ranges.allSatisfy({ $0.upperBound <= largest && $0.lowerBound > 0 }) else {
            throw .bad("Message number out of range")
        }
        return self.entries.indices.filter { index in ranges.contains { $0.contains(UInt32(index + 1)) } }
    }

    /// What the client must learn of the mailbox's changes; expunged messages only when the command allows it.
    mutating func updates(_ mailbox: inout Mailbox?, allowsExpunge: Bool) -> [OutputLine] {
        var current = mailbox
        if current?.uidValidity != self.uidValidity { current = nil }
        var lines: [OutputLine] = []
        if allowsExpunge {
            let present = Set(current?.messages.map(\.uid) ?? [])
            lines += self.expunge { !present.contains($0) }
        }
        guard var current else { return lines }
        lines += self.keywordUpdates(current)
        for index in self.entries.indices {
            guard let position = current.index(of: self.entries[index].uid) else { continue }
            let message = current.messages[position]
            guard message.modification != self.entries[index].modification else { continue }
            self.entries[index].modification = message.modification
            lines.append(OutputLine("* \(index + 1) FETCH (FLAGS \(self.flagList(message, at: index)))"))
        }
        let before = self.count
        self.takeNew(&current)
        mailbox = current
        if self.count != before {
            lines.append(OutputLine("* \(self.count) EXISTS"))
            lines.append(OutputLine("* \(self.recentCount) RECENT"))
        }
        return lines
    }

    /// New keywords, told before a FETCH response uses them.
    mutating func keywordUpdates(_ mailbox: Mailbox) -> [OutputLine] {
        guard mailbox.keywords.count != self.keywordsAnnounced else { return [] }
        self.keywordsAnnounced = mailbox.keywords.count
        return self.flagLines(mailbox)
    }

    /// FLAGS and PERMANENTFLAGS.
    func flagLines(_ mailbox: Mailbox) -> [OutputLine] {
        let names = mailbox.flagNames.joined(separator: " ")
        let permanent = self.isReadOnly ? "" : names + " \\*"
        return [
            OutputLine("* FLAGS (\(names))"),
            OutputLine(
                "* OK [PERMANENTFLAGS (\(permanent))] \(self.isReadOnly ? "No permanent flags" : "Flags permitted")"
            ),
        ]
    }

    func flagList(_ message: StoredMessage, at index: Int) -> String {
        let names = message.flags.names + (self.entries[index].isRecent ? ["\\Recent"] : [])
        return "(\(names.joined(separator: " ")))"
    }

    /// Takes note that the client learns the flags of a message by other means.
    mutating func acknowledge(_ message: StoredMessage, at index: Int) {
        self.entries[index].modification = message.modification
    }

    /// Removes messages and says so, each with the number that it has at that moment (RFC 3501 section 7.4.1).
    mutating func expunge(_ isGone: (UInt32) -> Bool) -> [OutputLine] {
        var lines: [OutputLine] = []
        var kept: [Entry] = []
        for entry in self.entries {
            if isGone(entry.uid) { lines.append(OutputLine("* \(kept.count + 1) EXPUNGE")) } else { kept.append(entry) }
        }
        self.entries = kept
        return lines
    }

    private mutating func takeNew(_ mailbox: inout Mailbox) {
        let last = self.entries.last?.uid ?? 0
        for message in mailbox.messages where message.uid > last {
            let isRecent = message.uid >= mailbox.recentFrom
            self.entries.append(Entry(uid: message.uid, modification: message.modification, isRecent: isRecent))
        }
        if !self.isReadOnly { mailbox.recentFrom = mailbox.uidNext }
    }
}
