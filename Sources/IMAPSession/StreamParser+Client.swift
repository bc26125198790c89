import IMAPProtocol
import IMAPWire
import SASL
import Traffic

extension StreamParser {
    /// Decides what a client line is, and what it changes for the lines after it.
    mutating func client(_ message: inout Message, _ frame: MessageFrame, text: RawSpan, secrets: inout [Secret]) {
        let head = CommandHead(text, tokenizer: &self.tokenizer)
        let isCommand = head.map { !$0.name.isEmpty } ?? false
        switch self.mode {
        case .authenticating(let exchange) where !isCommand:
            self.sasl(&message, text: text, exchange: exchange, secrets: &secrets)
            return
        case .idling where !isCommand:
            if self.isDone(text) {
                message.kind = .done
                self.leaveSubDialogue()
                return
            }
        case .idling:
            message.findings.append(.commandDuringIdle(at: message.offset))
            self.leaveSubDialogue()
        case .authenticating:
            self.leaveSubDialogue()
        case .commands:
            break
        }
        self.command(&message, frame, text: text, head: head, isCommand: isCommand, secrets: &secrets)
    }

    private mutating func command(
        _ message: inout Message,
        _ frame: MessageFrame,
        text: RawSpan,
        head: CommandHead?,
        isCommand: Bool,
        secrets: inout [Secret]
    ) {
        if let command = head?.command, command.needsAuthentication { self.isAuthenticated = true }
        let hidden = SecretClassifier.secrets(
            in: text,
            head: head,
            authenticated: self.isAuthenticated,
            tokenizer: &self.tokenizer
        )
        message.secrets = hidden.ranges
        secrets = hidden.values
        guard let head, isCommand else {
            if message.complete { message.findings.append(.unparsed(.client, at: message.offset)) }
            return
        }
        message.kind = .command
        message.tag = head.tag
        message.name = head.name
        message.command = head.command
        message.isUID = head.isUID
        message.arguments = head.arguments
        if let command = head.command {
            if message.complete { self.enterSubDialogue(command, head: head, text: text, message: &message) }
        } else if message.complete, !self.isAuthenticated || VendorCommand(text, head.name) == nil {
            // Before the login the word may be half of a credential; the finding must not repeat it then.
            let isShown = self.isAuthenticated && head.name.count <= 32
            message.findings.append(.unknownCommand(isShown ? text.uppercased(head.name) : "this", at: message.offset))
        }
        message.findings += LiteralChecks.findings(head, text, frame: frame, tail: self.framer.literalTail)
    }

    private mutating func enterSubDialogue(
        _ command: Command,
        head: CommandHead,
        text: RawSpan,
        message: inout Message
    ) {
        if head.isUID { return }
        switch command {
        case .authenticate:
            self.tokenizer.reset(to: head.arguments)
            let end = ResponseHead.contentEnd(text)
            guard let word = self.tokenizer.next(in: text), word.kind == .atom else {
                self.mode = .authenticating(AuthenticationExchange(mechanism: nil))
                break
            }
            var exchange = AuthenticationExchange(mechanism: mechanism(named: text.extracting(word.range)))
            var start = word.range.upperBound
            while start < end, text[start] == 0x20 { start += 1 }
            if start < end { message.sasl = exchange.initialResponse(text.extracting(start..<end)) }
            self.mode = .authenticating(exchange)
        case .idle:
            self.mode = .idling
        default:
            return
        }
        self.framer.language = .linesOrCommands
    }

    private mutating func leaveSubDialogue() {
        self.mode = .commands
        self.framer.language = .commands
    }

    private mutating func sasl(
        _ message: inout Message,
        text: RawSpan,
        exchange: AuthenticationExchange,
        secrets: inout [Secret]
    ) {
        var exchange = exchange
        let start = CommandHead.skipPadding(text)
        var end = ResponseHead.contentEnd(text)
        while end > start, text[end - 1] == 0x20 { end -= 1 }
        if end - start == 1, text[start] == UInt8(ascii: "*") {
            message.kind = .cancel
            message.sasl = exchange.cancelled()
            self.leaveSubDialogue()
            return
        }
        message.kind = .sasl
        let step = exchange.response(text.extracting(start..<end))
        message.sasl = step
        message.secrets = [SecretRange(start..<end, showsLength: false)]
        secrets = step.secrets
        for problem in step.problems {
            message.findings.append(.saslProblem(problem, blame: .client, at: message.offset))
        }
        self.mode = .authenticating(exchange)
    }

    /// `DONE` in any case, blanks around it tolerated (RFC 2177 section 3).
    private func isDone(_ text: RawSpan) -> Bool {
        let start = CommandHead.skipPadding(text)
        var end = ResponseHead.contentEnd(text)
        while end > start, text[end - 1] == 0x20 { end -= 1 }
        return text.matches(start..<end, "DONE")
    }
}

private func mechanism(named name: RawSpan) -> Mechanism? {
    do throws(MechanismNameError) { return try Mechanism(parsing: name) } catch { return nil }
}

extension Command {
    /// Whether a client sends it only after the login (RFC 9051 section 6.3 on, and extensions).
    var needsAuthentication: Bool {
        switch self {
        case .capability, .noop, .logout, .starttls, .authenticate, .login, .unauthenticate, .id, .compress, .language,
            .comparator, .getjmapaccess, .xapplepushservice, .proxyauth:
            false
        default:
            true
        }
    }
}
