import IMAPProtocol
import IMAPWire

extension TestServer {
    mutating func capability(_ reader: inout ArgumentReader) throws(CommandProblem) -> Reply {
        try reader.end()
        let list = self.configuration.capabilities(isAuthenticated: self.user != nil)
        return Reply("Capability completed", lines: [OutputLine("* CAPABILITY \(list)")])
    }

    func nothing(_ reader: inout ArgumentReader, _ command: Command) throws(CommandProblem) -> Reply {
        try reader.end()
        return Reply(command == .check ? "Check completed" : "Nothing done")
    }

    mutating func logout(_ reader: inout ArgumentReader) throws(CommandProblem) -> Reply {
        try reader.end()
        self.selected = nil
        var reply = Reply("Logout completed", lines: [OutputLine("* BYE Logging out")])
        reply.closes = true
        return reply
    }

    /// RFC 2971; what the client says of itself is of no consequence.
    func id(_ reader: inout ArgumentReader) throws(CommandProblem) -> Reply {
        if reader.takes(.listOpen) {
            var count = 0
            while !reader.takes(.listClose) {
                _ = try reader.astring(first: count == 0)
                count += 1
            }
            guard count.isMultiple(of: 2), count <= 60 else { throw .bad("Invalid parameter list") }
        } else {
            guard try reader.word() == "NIL" else { throw .bad("Expected a list or NIL") }
        }
        try reader.end()
        return Reply("ID completed", lines: [OutputLine("* ID (\"name\" \"imapscope test server\")")])
    }

    /// RFC 5161; there is nothing to switch on.
    func enable(_ reader: inout ArgumentReader) throws(CommandProblem) -> Reply {
        repeat { _ = try reader.atom() } while !reader.isAtEnd
        return Reply("Enable completed", lines: [OutputLine("* ENABLED")])
    }

    /// RFC 2177.
    mutating func idle(_ reader: inout ArgumentReader, tag: String) throws(CommandProblem) -> Reply? {
        try reader.end()
        self.output += Array("+ idling\r\n".utf8)
        for line in self.updates(allowsExpunge: true) {
            self.output += line.octets(lineEnd: [13, 10], literalSizeError: 0)
        }
        self.framer.language = .lines
        self.dialogue = .idling(tag: tag)
        return nil
    }
}
