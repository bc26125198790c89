extension TestServer {
    mutating func select(_ reader: inout ArgumentReader, isReadOnly: Bool) throws(CommandProblem) -> Reply {
        let name = try reader.mailbox()
        try reader.end()
        // The old mailbox is closed even if the new one cannot be opened (RFC 3501 section 6.3.1).
        self.selected = nil
        let opened = try self.withAccount { account throws(CommandProblem) in
            guard var mailbox = account.mailboxes[name], !mailbox.isNoselect else { throw .noMailbox() }
            let selected = SelectedMailbox(&mailbox, name: name, isReadOnly: isReadOnly)
            account.mailboxes[name] = mailbox
            return (selected: selected, mailbox: mailbox)
        }
        let (selected, mailbox) = opened
        self.selected = selected
        var lines = selected.flagLines(mailbox)
        lines.append(OutputLine("* \(selected.count) EXISTS"))
        lines.append(OutputLine("* \(selected.recentCount) RECENT"))
        if let unseen = mailbox.messages.firstIndex(where: { !$0.flags.contains("\\Seen") }) {
            lines.append(OutputLine("* OK [UNSEEN \(unseen + 1)] First unseen"))
        }
        lines.append(OutputLine("* OK [UIDVALIDITY \(mailbox.uidValidity)] UIDs valid"))
        lines.append(OutputLine("* OK [UIDNEXT \(mailbox.uidNext)] Predicted next UID"))
        let command = isReadOnly ? "Examine" : "Select"
        return Reply("\(command) completed", code: isReadOnly ? "READ-ONLY" : "READ-WRITE", lines: lines)
    }

    mutating func close(_ reader: inout ArgumentReader, expunges: Bool) throws(CommandProblem) -> Reply {
        try reader.end()
        if expunges, self.selected?.isReadOnly == false {
            // CLOSE removes without a word (RFC 3501 section 6.4.2).
            try self.withSelected { _, mailbox throws(CommandProblem) in
                mailbox.remove(uids: Self.deleted(mailbox))
            }
        }
        self.selected = nil
        return Reply(expunges ? "Close completed" : "Unselect completed")
    }

    mutating func expunge(_ reader: inout ArgumentReader, isUID: Bool) throws(CommandProblem) -> Reply {
        let set = isUID ? try reader.sequenceSet() : nil
        try reader.end()
        try self.requireWritable()
        let lines = try self.withSelected { selected, mailbox throws(CommandProblem) in
            var gone = Self.deleted(mailbox)
            if let set {
                let named = try selected.indices(set, isUID: true).map { selected.entries[$0].uid }
                gone.formIntersection(named)
            }
            mailbox.remove(uids: gone)
            return selected.expunge { gone.contains($0) }
        }
        return Reply("Expunge completed", lines: lines)
    }

    private static func deleted(_ mailbox: Mailbox) -> Set<UInt32> {
        Set(mailbox.messages.filter { $0.flags.contains("\\Deleted") }.map(\.uid))
    }

    func requireWritable() throws(CommandProblem) {
        if self.selected?.isReadOnly == true { throw .no("The mailbox is open for reading only") }
    }

    /// COPY, and MOVE (RFC 6851): all messages or none.
    mutating func copy(_ reader: inout ArgumentReader, isUID: Bool, moves: Bool) throws(CommandProblem) -> Reply {
        let set = try reader.sequenceSet()
        let target = try reader.mailbox()
        try reader.end()
        if moves { try self.requireWritable() }
        guard var selected = self.selected else { throw .bad("No mailbox is selected") }
        let indices = try selected.indices(set, isUID: isUID)
        let uids = indices.map { selected.entries[$0].uid }
        let limit = self.configuration.limits.messages
        let name = selected.name
        let copied = try self.withAccount { account throws(CommandProblem) -> (String?, [UInt32]) in
            let source = account.mailboxes[name]
            guard var mailbox = account.mailboxes[target], !mailbox.isNoselect else {
                throw .noMailbox(code: "TRYCREATE")
            }
            guard mailbox.messages.count + uids.count <= limit else { throw .no("Mailbox full", code: "OVERQUOTA") }
            var old: [UInt32] = []
            var new: [UInt32] = []
            for uid in uids {
                guard let source, let index = source.index(of: uid) else { continue }
                let message = source.messages[index]
                old.append(uid)
                new.append(mailbox.append(message.octets, flags: message.flags, date: message.internalDate))
            }
            account.mailboxes[target] = mailbox
            if moves { account.mailboxes[name]?.remove(uids: Set(old)) }
            guard !old.isEmpty else { return (nil, []) }
            return ("COPYUID \(mailbox.uidValidity) \(SequenceSet.text(old)) \(SequenceSet.text(new))", old)
        }
        let code = self.configuration.offers("UIDPLUS") ? copied.0 : nil
        guard moves else { return Reply("Copy completed", code: code) }
        var lines = code.map { [OutputLine("* OK [\($0)] Moved")] } ?? []
        let gone = Set(copied.1)
        lines += selected.expunge { gone.contains($0) }
        self.selected = selected
        return Reply("Move completed", lines: lines)
    }
}
