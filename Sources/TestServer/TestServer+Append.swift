import IMAPWire

extension TestServer {
    /// APPEND with one message or, where MULTIAPPEND is offered, several (RFC 3502): all or none.
    mutating func append(_ reader: inout ArgumentReader) throws(CommandProblem) -> Reply {
        let name = try reader.mailbox()
        var messages: [(octets: [UInt8], flags: FlagSet, date: DateTime)] = []
        repeat {
            let flags = reader.peek()?.kind == .listOpen ? try reader.flags(parenthesesRequired: true) : FlagSet()
            var date = DateTime(self.now)
            if reader.peek()?.kind == .quoted {
                guard let given = DateTime(parsing: try reader.string()) else { throw .bad("Invalid date") }
                date = given
            }
            messages.append((try reader.literal(), flags, date))
        } while !reader.isAtEnd
        guard messages.count == 1 || self.configuration.offers("MULTIAPPEND") else { throw .bad("Too many arguments") }
        guard !messages.contains(where: { $0.octets.isEmpty || $0.octets.contains(0) }) else {
            throw .no("A message has no NUL and is not empty")
        }
        let limit = self.configuration.limits.messages
        let tellsUIDs = self.configuration.offers("UIDPLUS")
        return try self.withAccount { account throws(CommandProblem) in
            guard var mailbox = account.mailboxes[name], !mailbox.isNoselect else {
                throw .noMailbox(code: "TRYCREATE")
            }
            guard mailbox.messages.count + messages.count <= limit else { throw .no("Mailbox full", code: "OVERQUOTA") }
            let uids = messages.map { mailbox.append($0.octets, flags: $0.flags, date: $0.date) }
            account.mailboxes[name] = mailbox
            let code = "APPENDUID \(mailbox.uidValidity) \(SequenceSet.text(uids))"
            return Reply("Append completed", code: tellsUIDs ? code : nil)
        }
    }
}
