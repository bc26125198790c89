import IMAPProtocol
import IMAPWire
import Traffic

// MARK: - Quirks of commands

extension Session {
    /// Octets of a message's lines, its literals left out.
    func lineOctets(_ frame: MessageFrame) -> UInt64 {
        frame.length - min(frame.length, frame.literals.reduce(0) { $0 + $1.received })
    }

    /// What a complete command shows by itself, and beside what the server offers.
    mutating func commandQuirks(_ head: CommandHead, _ text: RawSpan, _ frame: MessageFrame) -> [Finding] {
        guard self.options.recognisesQuirks else { return [] }
        var sightings: [QuirkSighting] = []
        self.quirks.scanner.command(text, head, octets: self.lineOctets(frame), into: &sightings)
        var findings = sightings.map { Finding.quirk($0.quirk, .client, at: frame.offset, detail: $0.detail) }
        self.offerQuirks(head, text, frame, &findings)
        return findings
    }

    /// Extensions that are used and not offered. Nothing is said while no list has been seen.
    private func offerQuirks(_ head: CommandHead, _ text: RawSpan, _ frame: MessageFrame, _ findings: inout [Finding]) {
        guard !self.capabilities.isEmpty else { return }
        let isRevision2 = self.capabilities.contains("IMAP4REV2")
        if let literal = frame.literals.first(where: { $0.form.nonSynchronizing }),
            !self.capabilities.contains("LITERAL+")
        {
            if !self.capabilities.contains("LITERAL-"), !isRevision2 {
                findings.append(.quirk(.nonSynchronizingNotOffered, .client, at: literal.offset))
            } else if let large = frame.literals.first(where: { $0.form.nonSynchronizing && $0.size > 4096 }) {
                findings.append(
                    .quirk(.literalMinusExceeded, .client, at: large.offset, detail: "\(large.size) octets")
                )
            }
        }
        if head.command == .authenticate, !self.capabilities.contains("SASL-IR"), !isRevision2 {
            var tokenizer = Tokenizer(literalPrefix: self.options.limits.literalPrefix)
            tokenizer.reset(to: head.arguments)
            _ = tokenizer.next(in: text)
            if let response = tokenizer.next(in: text), response.kind != .lineEnd {
                findings.append(.quirk(.initialResponseNotOffered, .client, at: frame.offset))
            }
        }
    }

    /// Remembers what the answers to a command must look like.
    mutating func expectAnswers(_ head: CommandHead, _ text: RawSpan, exchange: Int) {
        guard self.options.recognisesQuirks, exchange != 0 else { return }
        var expectation = QuirkWatch.Expectation(exchange: exchange)
        switch head.command {
        case .enable, .xlist: break
        case .search, .sort, .fetch:
            self.tokenizer.reset(to: head.arguments)
            var count = 0
            while count < 64, let token = self.tokenizer.next(in: text), token.kind != .lineEnd {
                count += 1
                guard token.kind == .atom else { continue }
                if head.command == .fetch {
                    if text.matches(token.range, "RFC822") || text.matches(token.range, "RFC822.TEXT") {
                        expectation.asksText = true
                    }
                } else if count == 1 {
                    expectation.asksReturn = text.matches(token.range, "RETURN")
                    break
                }
            }
            guard expectation.asksText || expectation.asksReturn else { return }
        default: return
        }
        self.quirks.expect(expectation)
    }
}
