import IMAPProtocol
import IMAPSession
import RuleEngine
import Traffic

// MARK: - What a client makes of an attack

extension EditStage {
    /// A rule has changed a line of the server: perhaps the client does not learn of STARTTLS by it, or may not use it.
    func noteWithheldTLS(_ planned: PlannedMessage) {
        guard let wire, !wire.conduct.isTLS, let rule = planned.plan.replacements.first?.rule else { return }
        let (before, after) = (planned.octets, planned.plan.rewritten(planned.octets))
        let isPreauthenticated = planned.message.kind == .greeting && Self.greetsWithPreauth(after)
        let lost = Self.says("STARTTLS", before) && !Self.says("STARTTLS", after)
        if lost || isPreauthenticated && !Self.greetsWithPreauth(before) { wire.conduct.withheldTLS(rule) }
    }

    /// A rule says something in the server's place.
    func noteAnswered(_ message: Message, _ answer: WireAnswer, _ rule: String) {
        guard let wire else { return }
        let hasAgreed = answer.tagged?.uppercased().hasPrefix("OK ") == true
        if message.command == .starttls, !hasAgreed { wire.conduct.withheldTLS(rule) }
        if !answer.untagged.isEmpty { wire.conduct.injected(answer.untagged, rule) }
        if !answer.behind.isEmpty { wire.conduct.injected(answer.behind, rule) }
    }

    func judgeClient(_ message: Message, _ text: RawSpan) {
        guard let wire, !wire.conduct.isIdle else { return }
        for finding in wire.conduct.judge(message, text) { self.report(finding, at: message.time) }
    }

    func judgeEnd(at time: Timestamp) {
        guard let wire, !wire.conduct.isIdle else { return }
        for finding in wire.conduct.ended(at: self.flows.client.seen) { self.report(finding, at: time) }
    }

    private static func greetsWithPreauth(_ octets: [UInt8]) -> Bool {
        octets.count >= 9 && String(decoding: octets[..<9], as: UTF8.self).uppercased() == "* PREAUTH"
    }

    /// Whether a word, in capitals, stands in a line in any letters.
    private static func says(_ word: StaticString, _ octets: [UInt8]) -> Bool {
        word.withUTF8Buffer { word in
            guard octets.count >= word.count else { return false }
            return (0...(octets.count - word.count)).contains { start in
                word.indices.allSatisfy { octets[start + $0] == word[$0] || octets[start + $0] == word[$0] | 0x20 }
            }
        }
    }
}
