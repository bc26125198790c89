/// Writes ENVELOPE (RFC 3501 section 7.4.2).
struct Envelope {
    let text: MessageText

    init(_ text: MessageText) {
        self.text = text
    }

    var line: OutputLine {
        var line = OutputLine("(")
        line.append(nstring: self.text.first("date"))
        line.append(" ")
        line.append(nstring: self.text.first("subject"))
        // Sender and Reply-To are the author's where the header has none.
        let from = self.addresses("from")
        for list in [from, self.addresses("sender") ?? from, self.addresses("reply-to") ?? from] {
            self.append(list, to: &line)
        }
        for name in ["to", "cc", "bcc"] { self.append(self.addresses(name), to: &line) }
        line.append(" ")
        line.append(nstring: self.text.first("in-reply-to"))
        line.append(" ")
        line.append(nstring: self.text.first("message-id"))
        line.append(")")
        return line
    }

    private func addresses(_ name: String) -> [Address]? {
        let addresses = self.text.values(name).flatMap { Address.list(parsing: $0) }
        return addresses.isEmpty ? nil : addresses
    }

    private func append(_ addresses: [Address]?, to line: inout OutputLine) {
        line.append(" ")
        guard let addresses else { return line.append("NIL") }
        line.append("(")
        for address in addresses {
            line.append("(")
            line.append(nstring: address.name)
            line.append(" ")
            line.append(nstring: address.route)
            line.append(" ")
            line.append(nstring: address.mailbox)
            line.append(" ")
            line.append(nstring: address.host)
            line.append(")")
        }
        line.append(")")
    }
}
