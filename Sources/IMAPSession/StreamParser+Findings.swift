import IMAPWire
import Traffic

extension StreamParser {
    /// What framing alone found: deviations, limits that were met, and a stream that ends too early.
    func addWireFindings(to message: inout Message, missingLiteralOctets missing: UInt64?) {
        message.findings.append(contentsOf: Finding.quirks(message.quirks, self.direction, at: message.offset))
        if let exceeded = message.exceeded {
            message.findings.append(.truncated(self.direction, exceeded, at: message.offset))
        }
        guard !message.complete else { return }
        if let missing, let literal = message.literals.last {
            message.findings.append(
                .literalCut(missing: missing, size: literal.size, direction: self.direction, at: message.offset)
            )
        } else {
            message.findings.append(.messageCut(direction: self.direction, at: message.offset))
        }
    }
}
