extension TestServer {
    private var separator: String { self.configuration.separator }

    mutating func create(_ reader: inout ArgumentReader) throws(CommandProblem) -> Reply {
        var name = try reader.mailbox()
        try reader.end()
        // A separator at the end only announces children (RFC 3501 section 6.3.3).
        if name.hasSuffix(self.separator) { name.removeLast() }
        let limit = self.configuration.limits.mailboxes
        try Self.check(name, separator: self.separator)
        return try self.withAccount { account throws(CommandProblem) in
            if let existing = account.mailboxes[name], !existing.isNoselect {
                throw .no("Mailbox exists already", code: "ALREADYEXISTS")
            }
            guard account.mailboxes.count < limit else { throw .no("Too many mailboxes", code: "LIMIT") }
            account.create(name, separator: self.separator)
            return Reply("Create completed")
        }
    }

    private static func check(_ name: String, separator: String) throws(CommandProblem) {
        let hasWildcard = name.utf8.contains { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "*") }
        let levels = name.split(separator: separator, omittingEmptySubsequences: false)
        guard !hasWildcard, levels.allSatisfy({ !$0.isEmpty }), levels.count <= 32, name.utf8.count <= 1000 else {
            throw .no("Not a name for a mailbox", code: "CANNOT")
        }
    }

    mutating func delete(_ reader: inout ArgumentReader) throws(CommandProblem) -> Reply {
        let name = try reader.mailbox()
        try reader.end()
        guard name != "INBOX" else { throw .no("INBOX cannot be deleted", code: "CANNOT") }
        return try self.withAccount { account throws(CommandProblem) in
            guard let mailbox = account.mailboxes[name] else { throw .noMailbox() }
            guard account.hasChildren(name, separator: self.separator) else {
                account.mailboxes[name] = nil
                return Reply("Delete completed")
            }
            guard !mailbox.isNoselect else { throw .no("The name has children", code: "HASCHILDREN") }
            // The name stays for its children's sake (RFC 3501 section 6.3.4).
            account.mailboxes[name] = Mailbox(uidValidity: account.newUIDValidity())
            account.mailboxes[name]?.isNoselect = true
            return Reply("Delete completed")
        }
    }

    mutating func rename(_ reader: inout ArgumentReader) throws(CommandProblem) -> Reply {
        let old = try reader.mailbox()
        let new = try reader.mailbox()
        try reader.end()
        try Self.check(new, separator: self.separator)
        let separator = self.separator
        return try self.withAccount { account throws(CommandProblem) in
            guard let mailbox = account.mailboxes[old] else { throw .noMailbox() }
            guard account.mailboxes[new] == nil else { throw .no("Mailbox exists already", code: "ALREADYEXISTS") }
            guard !new.hasPrefix(old + separator) || old == "INBOX" else {
                throw .no("A mailbox cannot go below itself", code: "CANNOT")
            }
            // The new name takes part in the hierarchy like a created one.
            account.create(new, separator: separator)
            var moved = mailbox
            moved.uidValidity = account.newUIDValidity()
            account[new] = moved
            if old == "INBOX" {
                // INBOX is emptied, and its children stay (RFC 3501 section 6.3.5).
                account[old] = Mailbox(uidValidity: account.newUIDValidity())
                return Reply("Rename completed")
            }
            account.mailboxes[old] = nil
            for child in account.children(of: old, separator: separator) {
                account[new + child.dropFirst(old.count)] = account.mailboxes[child]
                account.mailboxes[child] = nil
            }
            return Reply("Rename completed")
        }
    }

    mutating func subscribe(_ reader: inout ArgumentReader, isWanted: Bool) throws(CommandProblem) -> Reply {
        let name = try reader.mailbox()
        try reader.end()
        return try self.withAccount { account throws(CommandProblem) in
            guard isWanted else {
                account.subscriptions.remove(name)
                return Reply("Unsubscribe completed")
            }
            guard account.mailboxes[name] != nil else { throw .noMailbox() }
            account.subscriptions.insert(name)
            return Reply("Subscribe completed")
        }
    }

    /// RFC 2342: one personal namespace, at the top.
    func namespace(_ reader: inout ArgumentReader) throws(CommandProblem) -> Reply {
        try reader.end()
        var line = OutputLine("* NAMESPACE ((\"\" ")
        line.append(string: Array(self.separator.utf8))
        line.append(")) NIL NIL")
        return Reply("Namespace completed", lines: [line])
    }

    mutating func status(_ reader: inout ArgumentReader) throws(CommandProblem) -> Reply {
        let name = try reader.mailbox()
        let items = try reader.words()
        try reader.end()
        guard !items.isEmpty else { throw .bad("Empty list of status items") }
        return try self.withAccount { account throws(CommandProblem) in
            guard let mailbox = account.mailboxes[name], !mailbox.isNoselect else { throw .noMailbox() }
            var values: [String] = []
            for item in items {
                let value: Int
                switch item {
                case "MESSAGES": value = mailbox.messages.count
                case "RECENT": value = mailbox.messages.count { $0.uid >= mailbox.recentFrom }
                case "UIDNEXT": value = Int(mailbox.uidNext)
                case "UIDVALIDITY": value = Int(mailbox.uidValidity)
                case "UNSEEN": value = mailbox.messages.count { !$0.flags.contains("\\Seen") }
                default: throw .bad("Unknown status item")
                }
                values.append("\(item) \(value)")
            }
            var line = OutputLine("* STATUS ")
            line.append(mailbox: name)
            line.append(" (\(values.joined(separator: " ")))")
            return Reply("Status completed", lines: [line])
        }
    }
}
