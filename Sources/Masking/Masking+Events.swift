import IMAPSession
import SASL
import Traffic

// Texts that come with events are made by the session, but words from the wire stand in them.

extension String {
    /// What stands in place of a secret in a text.
    static let mask = "‹masked›"

    func holds(_ patterns: SecretPatterns) -> Bool {
        patterns.mayOccur(in: self.utf8.count) && !patterns.ranges(in: self.utf8.span.bytes).isEmpty
    }

    func masking(_ patterns: SecretPatterns) -> String {
        guard patterns.mayOccur(in: self.utf8.count) else { return self }
        let ranges = patterns.ranges(in: self.utf8.span.bytes)
        guard !ranges.isEmpty else { return self }
        let octets = Array(self.utf8)
        var result = ""
        var position = 0
        for range in ranges {
            result += String(decoding: octets[position..<range.lowerBound], as: UTF8.self) + String.mask
            position = range.upperBound
        }
        return result + String(decoding: octets[position...], as: UTF8.self)
    }
}

extension Finding {
    func masking(_ patterns: SecretPatterns) -> Finding {
        var finding = self
        finding.text = self.text.masking(patterns)
        return finding
    }

    /// Whether masking would change it.
    func isTouched(by patterns: SecretPatterns) -> Bool { self.text.holds(patterns) }
}

extension Exchange {
    func hidingTag() -> Exchange {
        guard self.hidesTag else { return self }
        var exchange = self
        exchange.tag = String.mask
        return exchange
    }

    func masking(_ patterns: SecretPatterns) -> Exchange {
        var exchange = self
        exchange.tag = self.tag.masking(patterns)
        exchange.name = self.name.masking(patterns)
        return exchange
    }

    /// Whether masking would change it.
    func isTouched(by patterns: SecretPatterns) -> Bool {
        self.tag.holds(patterns) || self.name.holds(patterns)
    }
}

extension SASLStep {
    mutating func mask(_ patterns: SecretPatterns) {
        self.summary = self.summary.masking(patterns)
        self.user = self.user?.masking(patterns)
        self.authorizationIdentity = self.authorizationIdentity?.masking(patterns)
        self.challenge = self.challenge?.masking(patterns)
        for index in self.problems.indices { self.problems[index].text = self.problems[index].text.masking(patterns) }
        for index in self.fields.indices { self.fields[index].value = self.fields[index].value.masking(patterns) }
    }
}

extension AuthenticationOutcome {
    func masking(_ patterns: SecretPatterns) -> AuthenticationOutcome {
        var outcome = self
        outcome.mechanism = self.mechanism.masking(patterns)
        outcome.user = self.user?.masking(patterns)
        outcome.authorizationIdentity = self.authorizationIdentity?.masking(patterns)
        outcome.verdict = self.verdict?.masking(patterns)
        outcome.serverVerdict = self.serverVerdict?.masking(patterns)
        return outcome
    }
}

extension Verdict {
    /// Words of the server stand in a reason.
    fileprivate func masking(_ patterns: SecretPatterns) -> Verdict {
        switch self {
        case .verified: self
        case .wrong(let reason): .wrong(reason: reason.masking(patterns))
        case .notCheckable(let reason): .notCheckable(reason: reason.masking(patterns))
        }
    }
}

extension Edit {
    func masking(_ patterns: SecretPatterns) -> Edit {
        var edit = self
        edit.before = self.before.masking(patterns)
        edit.after = self.after.masking(patterns)
        return edit
    }
}

extension SessionSummary {
    func masking(_ patterns: SecretPatterns) -> SessionSummary {
        var summary = self
        summary.user = self.user?.masking(patterns)
        return summary
    }
}

extension SessionEvent {
    func masking(_ patterns: SecretPatterns) -> SessionEvent {
        switch self {
        case .exchangeBegan(let exchange): .exchangeBegan(exchange.masking(patterns))
        case .exchangeEnded(let exchange): .exchangeEnded(exchange.masking(patterns))
        case .authentication(let outcome): .authentication(outcome.masking(patterns))
        case .stateChanged(let from, let to, let mailbox, let time):
            .stateChanged(from: from, to: to, mailbox: mailbox?.masking(patterns), time: time)
        case .finding(let finding, let time): .finding(finding.masking(patterns), time: time)
        case .edit(let edit): .edit(edit.masking(patterns))
        case .ended(let summary): .ended(summary.masking(patterns))
        case .began, .transportChange, .tls, .opaque, .gap, .closed: self
        }
    }
}
