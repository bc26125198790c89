import IMAPProtocol
import IMAPWire
import Traffic

// MARK: - Pairing commands with answers

extension Session {
    /// Begins to follow a command. Returns its number, 0 when too many are in progress.
    mutating func beginExchange(_ head: CommandHead, _ text: RawSpan, at time: Timestamp) -> Int {
        guard self.running.count < self.options.outstandingExchanges else { return 0 }
        self.exchangeCount += 1
        let isHidden = head.command == nil && self.state != .authenticated && self.state != .selected
        var exchange = Exchange(
            number: self.exchangeCount,
            tag: text.latin1(head.tag),
            name: isHidden ? "unknown command" : text.uppercased(head.name),
            command: head.command,
            isUID: head.isUID,
            began: time,
            sent: time
        )
        exchange.hidesTag = isHidden
        self.running.append(exchange)
        self.observer.event(.exchangeBegan(exchange))
        return exchange.number
    }

    /// The command of an exchange is complete. Returns the exchange's number.
    mutating func exchangeSent(
        _ head: CommandHead,
        _ text: RawSpan,
        _ frame: MessageFrame,
        at time: Timestamp,
        findings: inout [Finding]
    ) -> Int {
        let tag = text.latin1(head.tag)
        if self.running.contains(where: { $0.tag == tag && $0.number != self.sending }) {
            findings.append(.reusedTag(tag, at: frame.offset))
        }
        var number = self.sending
        self.sending = 0
        if number == 0 {
            number = self.beginExchange(head, text, at: self.commandBegan)
            if number == 0 {
                findings.append(.tooManyExchanges(limit: self.options.outstandingExchanges, at: frame.offset))
                return 0
            }
        }
        self.updateExchange(number) {
            $0.sent = time
            $0.clientOctets += frame.length
            $0.literals += frame.literals.count
        }
        return number
    }

    mutating func updateExchange(_ number: Int, _ update: (inout Exchange) -> Void) {
        guard let index = self.running.firstIndex(where: { $0.number == number }) else { return }
        update(&self.running[index])
    }

    /// The command in progress that untagged `response` answers: the oldest that asks for it, else the oldest.
    func exchange(answeredBy response: Response?) -> Int? {
        if self.running.count == 1 { return 0 }
        if let response, let index = self.running.firstIndex(where: { $0.command.map(response.answers) ?? false }) {
            return index
        }
        return self.running.isEmpty ? nil : 0
    }

    /// Counts a response for the exchange at `index`.
    mutating func countAnswer(at index: Int, octets: UInt64, isUntagged: Bool, at time: Timestamp) {
        self.running[index].serverOctets += octets
        if isUntagged { self.running[index].untagged += 1 }
        if self.running[index].firstAnswer == nil { self.running[index].firstAnswer = time }
    }
}
