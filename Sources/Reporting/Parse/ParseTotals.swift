import IMAPSession

/// What a report counts for its last line.
struct ParseTotals {
    private var messages = 0
    private var kinds: [(kind: Message.Kind, count: Int)] = []
    private var octets: UInt64 = 0
    var findings = 0

    mutating func count(_ message: Message) {
        self.messages += 1
        self.octets += message.length
        self.findings += message.findings.count
        if let index = self.kinds.firstIndex(where: { $0.kind == message.kind }) {
            self.kinds[index].count += 1
        } else {
            self.kinds.append((message.kind, 1))
        }
    }

    /// `5 messages (4 untagged, 1 tagged) · 312 octets · 1 finding`
    func write(to writer: inout ByteWriter) {
        writer.append(self.messages, "message")
        var separator: StaticString = " ("
        for entry in self.kinds.sorted(by: { $0.count > $1.count }) {
            writer.append(separator)
            writer.append(grouped: UInt64(entry.count))
            writer.append(" ")
            writer.append(entry.kind.word)
            separator = ", "
        }
        if !self.kinds.isEmpty { writer.append(")") }
        writer.append(" · ")
        writer.append(octets: self.octets)
        writer.append(" · ")
        writer.append(self.findings, "finding")
    }
}
