import IMAPWire
import Traffic

extension StreamParser {
    /// What framing alone found: deviations, limits that were met, and a stream that ends too early.
    func addWireFindings(to message: inout Message, missingLiteralOctets missing: UInt64?) {
        message.findings.append(contentsOf: Finding.quirks(message.quirks, self.direction, at: message.offset))
        if message.truncated { message.findings.append(self.truncation(of: message)) }
        guard !message.complete else { return }
        if let missing, let literal = message.literals.last {
            message.findings.append(
                .literalCut(missing: missing, size: literal.size, direction: self.direction, at: message.offset)
            )
        } else {
            message.findings.append(.messageCut(direction: self.direction, at: message.offset))
        }
    }

    private func truncation(of message: Message) -> Finding {
        let limits = self.framer.limits
        if message.literals.count >= limits.literalsPerMessage {
            return Finding(
                id: "literals-truncated",
                severity: .info,
                blame: .imapscope,
                direction: self.direction,
                offset: message.offset,
                text: "more than \(limits.literalsPerMessage) literals; the others are not listed",
                reference: "the limit of imapscope"
            )
        }
        return .truncated(self.direction, limit: limits.messageText, length: message.length, at: message.offset)
    }
}
