extension TestServer {
    mutating func list(_ reader: inout ArgumentReader) throws(CommandProblem) -> Reply {
        let (reference, pattern) = try self.listArguments(&reader)
        guard !pattern.isEmpty else {
            // An empty pattern asks for the separator (RFC 3501 section 6.3.8).
            return Reply("List completed", lines: [self.listLine("LIST", ["\\Noselect"], "")])
        }
        let matcher = self.pattern(reference, pattern)
        let lines = try self.withAccount { account throws(CommandProblem) in
            account.sortedNames.filter { matcher.matches($0) }.map { name in
                let isNoselect = account.mailboxes[name]?.isNoselect ?? true
                let hasChildren = account.hasChildren(name, separator: self.configuration.separator)
                let children = hasChildren ? "\\HasChildren" : "\\HasNoChildren"
                return self.listLine("LIST", isNoselect ? ["\\Noselect", children] : [children], name)
            }
        }
        return Reply("List completed", lines: lines)
    }

    mutating func lsub(_ reader: inout ArgumentReader) throws(CommandProblem) -> Reply {
        let (reference, pattern) = try self.listArguments(&reader)
        let matcher = self.pattern(reference, pattern)
        let separator = self.configuration.separator
        let lines = try self.withAccount { account throws(CommandProblem) in
            var names: [String: Bool] = [:]
            for name in account.subscriptions {
                if matcher.matches(name) { names[name] = true }
                // `%` does not reach the subscribed name, but the level above it is told (RFC 3501 section 6.3.9).
                guard pattern.last == UInt8(ascii: "%"), !matcher.matches(name) else { continue }
                for parent in Account.superiors(of: name, separator: separator) where matcher.matches(parent) {
                    names[parent] = names[parent] ?? false
                }
            }
            return names.keys.sorted().map { self.listLine("LSUB", names[$0] == true ? [] : ["\\Noselect"], $0) }
        }
        return Reply("Lsub completed", lines: lines)
    }

    private func listArguments(_ reader: inout ArgumentReader) throws(CommandProblem) -> ([UInt8], [UInt8]) {
        let reference = try reader.astring()
        let pattern = try reader.astring()
        try reader.end()
        return (reference, pattern)
    }

    private func pattern(_ reference: [UInt8], _ pattern: [UInt8]) -> MailboxPattern {
        MailboxPattern(
            reference: reference,
            pattern: pattern,
            separator: self.configuration.separator.utf8.first ?? UInt8(ascii: ".")
        )
    }

    private func listLine(_ response: String, _ attributes: [String], _ name: String) -> OutputLine {
        var line = OutputLine("* \(response) (\(attributes.joined(separator: " "))) ")
        line.append(string: Array(self.configuration.separator.utf8))
        line.append(" ")
        line.append(mailbox: name)
        return line
    }
}
