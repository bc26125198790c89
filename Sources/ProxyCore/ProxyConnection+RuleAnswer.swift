import IMAPProtocol
import IMAPSession
import RuleEngine
import Traffic

// MARK: - Rules that answer in the server's place

extension ProxyConnection {
    /// Says what a rule wants said. Returns whether the next answer has its turn.
    mutating func answer(
        _ said: WireAnswer,
        _ rule: String,
        _ beginsTLS: Bool,
        _ answer: EditStage.PendingAnswer,
        _ edits: EditStage,
        at time: Timestamp,
        _ perform: (ProxyAction) -> Void
    ) -> Bool {
        let status = said.tagged.flatMap { Self.status(of: $0) }
        let canBegin =
            beginsTLS && status == .ok && answer.exchange != 0 && self.session.state == .notAuthenticated
            && !self.session.isCompressed
        // Answers that are still due would reach the client under TLS, or not at all.
        if canBegin, self.session.hasCommandsInProgress(beside: answer.exchange) {
            self.setPause(.answerPending, .client, true, perform)
            return false
        }
        edits.answers.removeFirst()
        let line = said.tagged.map { Array("\(answer.tag) \($0)\r\n".utf8) } ?? []
        let octets = said.untagged + line + said.behind
        edits.tellEdit(rule, .client, answer.offset, before: answer.before, after: EditText.lines(octets), time)
        // One write, as whoever injects octets in front of a handshake would do it.
        if !octets.isEmpty { perform(.inject(.server, octets)) }
        if status != nil, answer.exchange != 0 {
            // Not to be taken for the begin of TLS where there is none.
            if beginsTLS, !canBegin, status == .ok { self.session.giveUp(answer.exchange, at: time) }
            self.hear(line, answer.exchange, edits, at: time)
        } else if answer.exchange != 0 {
            self.session.giveUp(answer.exchange, at: time)
        }
        guard !canBegin else {
            self.clientBeginsTLS(edits, perform)
            return false
        }
        self.advance(edits, .client, at: time, perform)
        return self.phase != .ended
    }

    /// A client that hears nothing more gets no answers either.
    func forgetAnswers(_ edits: EditStage, at time: Timestamp) {
        for answer in edits.answers where answer.exchange != 0 { edits.wire?.unanswered.append(answer.exchange) }
        edits.answers = []
    }

    private static func status(of text: String) -> Status? {
        switch text.prefix(while: { $0 != " " }).uppercased() {
        case "OK": .ok
        case "NO": .no
        case "BAD": .bad
        default: nil
        }
    }
}
