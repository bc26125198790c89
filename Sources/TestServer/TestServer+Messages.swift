extension TestServer {
    mutating func search(_ reader: inout ArgumentReader, isUID: Bool) throws(CommandProblem) -> Reply {
        let program = try SearchProgram(&reader)
        let numbers = try self.withSelected { selected, mailbox throws(CommandProblem) -> [UInt32] in
            let count = UInt32(selected.count)
            let largest = selected.entries.last?.uid ?? 0
            return selected.entries.enumerated().compactMap { index, entry in
                guard let position = mailbox.index(of: entry.uid) else { return nil }
                let number = UInt32(index + 1)
                let subject = SearchSubject(
                    message: mailbox.messages[position],
                    number: number,
                    isRecent: entry.isRecent,
                    largestUID: largest,
                    count: count
                )
                guard program.matches(subject) else { return nil }
                return isUID ? entry.uid : number
            }
        }
        let line = OutputLine("* SEARCH" + numbers.map { " \($0)" }.joined())
        return Reply("Search completed", lines: [line])
    }

    mutating func fetch(_ reader: inout ArgumentReader, isUID: Bool) throws(CommandProblem) -> Reply {
        let set = try reader.sequenceSet()
        var items = try FetchItem.items(&reader)
        try reader.end()
        // The answer to UID FETCH always holds the UID (RFC 3501 section 6.4.8).
        if isUID, !items.contains(.uid) { items.insert(.uid, at: 0) }
        let setsSeen = items.contains(where: \.setsSeen)
        return try self.withSelected { selected, mailbox throws(CommandProblem) in
            var lines: [OutputLine] = []
            var isMissing = false
            for index in try selected.indices(set, isUID: isUID) {
                guard let position = mailbox.index(of: selected.entries[index].uid) else {
                    isMissing = true
                    continue
                }
                var asked = items
                if setsSeen, !selected.isReadOnly, !mailbox.messages[position].flags.contains("\\Seen") {
                    var flags = mailbox.messages[position].flags
                    flags.insert("\\Seen")
                    mailbox.setFlags(flags, at: position)
                    if !asked.contains(.flags) { asked.insert(.flags, at: 0) }
                }
                let message = mailbox.messages[position]
                if asked.contains(.flags) { selected.acknowledge(message, at: index) }
                lines.append(Self.fetchLine(asked, message, index, selected))
            }
            // RFC 2180 section 4.1.2: what others expunged is not there any more.
            var reply =
                isMissing && !isUID
                ? Reply(.no("Some messages were expunged", code: "EXPUNGEISSUED")) : Reply("Fetch completed")
            reply.lines = lines
            return reply
        }
    }

    private static func fetchLine(
        _ items: [FetchItem],
        _ message: StoredMessage,
        _ index: Int,
        _ selected: SelectedMailbox
    ) -> OutputLine {
        var line = OutputLine("* \(index + 1) FETCH (")
        for (position, item) in items.enumerated() {
            if position > 0 { line.append(" ") }
            item.append(to: &line, message: message, flags: selected.flagList(message, at: index))
        }
        line.append(")")
        return line
    }

    mutating func store(_ reader: inout ArgumentReader, isUID: Bool) throws(CommandProblem) -> Reply {
        let set = try reader.sequenceSet()
        let operation = try reader.word()
        let isSilent = operation.hasSuffix(".SILENT")
        let name = isSilent ? String(operation.dropLast(7)) : operation
        guard ["FLAGS", "+FLAGS", "-FLAGS"].contains(name) else { throw .bad("Unknown store item") }
        let change = try reader.flags(parenthesesRequired: false)
        try reader.end()
        try self.requireWritable()
        return try self.withSelected { selected, mailbox throws(CommandProblem) in
            var told: [Int] = []
            var isMissing = false
            for index in try selected.indices(set, isUID: isUID) {
                guard let position = mailbox.index(of: selected.entries[index].uid) else {
                    isMissing = true
                    continue
                }
                // A change by somebody else that the client does not know yet must still be told.
                let isCurrent = mailbox.messages[position].modification == selected.entries[index].modification
                var flags = name == "FLAGS" ? FlagSet() : mailbox.messages[position].flags
                for flag in change.names { if name == "-FLAGS" { flags.remove(flag) } else { flags.insert(flag) } }
                mailbox.setFlags(flags, at: position)
                if isSilent {
                    if isCurrent { selected.acknowledge(mailbox.messages[position], at: index) }
                } else {
                    selected.acknowledge(mailbox.messages[position], at: index)
                    told.append(index)
                }
            }
            var lines = selected.keywordUpdates(mailbox)
            for index in told {
                guard let position = mailbox.index(of: selected.entries[index].uid) else { continue }
                let items: [FetchItem] = isUID ? [.uid, .flags] : [.flags]
                lines.append(Self.fetchLine(items, mailbox.messages[position], index, selected))
            }
            var reply =
                isMissing && !isUID
                ? Reply(.no("Some messages were expunged", code: "EXPUNGEISSUED")) : Reply("Store completed")
            reply.lines = lines
            return reply
        }
    }
}
