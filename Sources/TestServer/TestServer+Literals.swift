import IMAPProtocol
import IMAPWire

extension TestServer {
    /// The client waits to send a literal: the server asks for it or refuses it (RFC 3501 section 4.3).
    mutating func literalAwaited(_ literal: LiteralRecord) {
        let text = self.framer.assembledText
        var tokenizer = Tokenizer()
        let line = CommandHead(text.span.bytes, tokenizer: &tokenizer)
        let tag = line.map { text.span.bytes.latin1($0.tag) } ?? "*"
        let effects = self.script.next(line.map { text.span.bytes.uppercased($0.name) } ?? "")
        if let problem = self.problem(with: literal, of: line, text: text, effects) {
            _ = self.framer.refuseLiteral()
            if let line { self.effects = self.script.begin(text.span.bytes.uppercased(line.name)) }
            self.finish(Reply(problem), tag: tag)
            return
        }
        self.output += Array("+ Ready for literal\r\n".utf8)
        if effects.contains(.answerBeforeLiteral), !self.isAnswered {
            self.output += Array("\(tag) OK Done already\r\n".utf8)
            self.isAnswered = true
        }
        self.framer.acceptLiteral()
    }

    private func problem(
        with literal: LiteralRecord,
        of line: CommandHead?,
        text: [UInt8],
        _ effects: [Misbehaviour.Effect]
    ) -> CommandProblem? {
        guard let line, let command = line.command else { return .bad("Unknown command") }
        if effects.contains(.refuseLiteral) { return .no("Literal refused") }
        guard literal.size <= UInt64(self.configuration.limits.literal) else {
            return .no("Literal too large", code: command == .append ? "TOOBIG" : nil)
        }
        if let problem = self.problem(withState: command) { return problem }
        return command == .append ? self.problem(withTarget: line, text: text) : nil
    }

    /// No message is sent in vain to a mailbox that does not exist.
    private func problem(withTarget line: CommandHead, text: [UInt8]) -> CommandProblem? {
        var reader = ArgumentReader(text, position: line.arguments, literalPrefix: self.framer.limits.literalPrefix)
        // The name may be the literal that is awaited.
        guard let user = self.user, let token = reader.peek(), token.kind != .literal else { return nil }
        do throws(CommandProblem) {
            let name = try reader.mailbox()
            let exists = self.store.withAccount(user) { $0.mailboxes[name].map { !$0.isNoselect } ?? false }
            return exists ? nil : .noMailbox(code: "TRYCREATE")
        } catch {
            return error
        }
    }
}
