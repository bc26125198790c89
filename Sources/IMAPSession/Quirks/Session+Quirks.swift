import IMAPProtocol
import IMAPWire
import Traffic

// MARK: - Named quirks

extension Session {
    /// Octets of a message's lines, its literals left out.
    private func lineOctets(_ frame: MessageFrame) -> UInt64 {
        frame.length - min(frame.length, frame.literals.reduce(0) { $0 + $1.received })
    }

    // MARK: Commands

    /// What a complete command shows by itself, and beside what the server offers.
    mutating func commandQuirks(_ head: CommandLine, _ text: RawSpan, _ frame: MessageFrame) -> [Finding] {
        guard self.options.recognisesQuirks else { return [] }
        var sightings: [QuirkSighting] = []
        self.quirks.scanner.command(text, head, octets: self.lineOctets(frame), into: &sightings)
        var findings = sightings.map { Finding.quirk($0.quirk, .client, at: frame.offset, detail: $0.detail) }
        self.offerQuirks(head, text, frame, &findings)
        return findings
    }

    /// Extensions that are used and not offered. Nothing is said while no list has been seen.
    private func offerQuirks(_ head: CommandLine, _ text: RawSpan, _ frame: MessageFrame, _ findings: inout [Finding]) {
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
    mutating func expectAnswers(_ head: CommandLine, _ text: RawSpan, exchange: Int) {
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

    // MARK: Responses

    /// What a line of the server shows by itself, and beside what went before.
    mutating func responseQuirks(_ head: ResponseLine, _ text: RawSpan, _ frame: MessageFrame) -> [Finding] {
        guard self.options.recognisesQuirks else { return [] }
        var sightings: [QuirkSighting] = []
        self.quirks.scanner.response(
            text,
            head,
            literals: frame.literals,
            octets: self.lineOctets(frame),
            into: &sightings
        )
        var findings: [Finding] = []
        for sighting in sightings {
            findings.append(.quirk(sighting.quirk, .server, at: frame.offset, detail: self.admitted(sighting.quirk)))
        }
        if self.state == .greeting || head.response == .id { self.identify(head, text) }
        if self.state == .greeting {
            self.greetingQuirks(head, text, frame, &findings)
        } else if head.kind == .untagged {
            self.untaggedQuirks(head, text, frame, &findings)
        }
        return findings
    }

    /// A quirk's note says when the server has named itself as one that is known for it.
    private func admitted(_ quirk: Quirk) -> String {
        guard let software = self.quirks.software, quirk.knownFor.contains(where: { $0.hasPrefix(software.known) })
        else { return "" }
        return "this server says it is \(software.name)"
    }

    private mutating func identify(_ head: ResponseLine, _ text: RawSpan) {
        if let software = ServerSoftware.named(in: text, head.arguments..<text.byteCount) {
            self.quirks.software = software
        }
    }

    private func greetingQuirks(
        _ head: ResponseLine,
        _ text: RawSpan,
        _ frame: MessageFrame,
        _ findings: inout [Finding]
    ) {
        switch head.kind {
        case .untagged:
            // The cleartext of TLS that ends at imapscope is no cleartext.
            if head.status == .preauth, self.upstreamTLS == nil, !self.description.upstreamLeg.contains("TLS") {
                findings.append(.quirk(.preauthGreeting, .server, at: frame.offset))
            }
        case .unparsed, .tagged:
            let start = CommandLine.skipPadding(text)
            let words: [StaticString] = ["OK ", "NO ", "BAD ", "BYE "]
            for word in words where start + word.utf8CodeUnitCount <= text.byteCount {
                if text.matches(start..<(start + word.utf8CodeUnitCount), word) {
                    findings.append(.quirk(.greetingWithoutAsterisk, .server, at: frame.offset))
                }
            }
        case .continuation: break
        }
    }

    private mutating func untaggedQuirks(
        _ head: ResponseLine,
        _ text: RawSpan,
        _ frame: MessageFrame,
        _ findings: inout [Finding]
    ) {
        func note(_ quirk: Quirk) { findings.append(.quirk(quirk, .server, at: frame.offset)) }
        guard let response = head.response else { return }
        switch response {
        case .bye:
            self.quirks.byes += 1
            if self.quirks.byes == 2 { note(.repeatedBye) }
        case .bad: if !self.running.isEmpty { note(.untaggedBad) }
        case .search, .sort, .thread, .esearch, .listrights, .quotaroot, .namespace, .lsub, .xlist:
            guard let index = self.running.firstIndex(where: { $0.command.map(response.answers) ?? false }) else {
                if response != .esearch { note(.dataWithoutCommand) }
                return
            }
            let exchange = self.running[index].number
            if response == .search,
                self.quirks.expectations.contains(where: { $0.exchange == exchange && $0.asksReturn })
            {
                note(.searchForESearch)
            }
        case .list:
            if self.running.contains(where: { $0.command == .xlist }),
                !self.running.contains(where: { $0.command == .list })
            {
                note(.listForXList)
            }
        case .enabled:
            if let enable = self.running.first(where: { $0.command == .enable }) {
                self.quirks.answered(enable.number) { $0.gotEnabled = true }
            }
        case .fetch:
            guard let index = self.quirks.expectations.firstIndex(where: \.asksText) else { return }
            self.quirks.expectations[index].gotData = true
            if text.offset(of: "RFC822 ") != nil || text.offset(of: "RFC822.TEXT ") != nil {
                self.quirks.expectations[index].gotText = true
            }
        default: break
        }
    }

    // MARK: Completions

    /// What a completion shows beside the command and its data.
    mutating func completionQuirks(_ exchange: Exchange, _ status: Status, at offset: UInt64) -> [Finding] {
        self.quirks.remember(completed: exchange.tag)
        let expectation = self.quirks.end(exchange.number)
        guard self.options.recognisesQuirks else { return [] }
        var findings: [Finding] = []
        func note(_ quirk: Quirk, _ detail: String = "") {
            findings.append(.quirk(quirk, .server, at: offset, detail: detail))
        }
        if let first = self.running.first, first.number < exchange.number, first.command != .idle {
            note(.outOfOrder)
        }
        switch (exchange.command, status) {
        case (.enable, .ok): if expectation?.gotEnabled == false { note(.enableWithoutEnabled) }
        case (.fetch, .ok):
            if let expectation, expectation.gotData, !expectation.gotText { note(.fetchItemMissing) }
        case (_, .bad):
            if let capability = self.offered(exchange) { note(.advertisedRefused, capability) }
        default: break
        }
        return findings
    }

    /// The capability that promises the command of `exchange`, when the server offers it.
    private func offered(_ exchange: Exchange) -> String? {
        let word: String
        switch exchange.command {
        case .namespace: word = "NAMESPACE"
        case .id: word = "ID"
        case .idle: word = "IDLE"
        case .enable: word = "ENABLE"
        case .move: word = "MOVE"
        case .unselect: word = "UNSELECT"
        case .compress: word = "COMPRESS=DEFLATE"
        case .getquota, .getquotaroot: word = "QUOTA"
        case .getacl, .myrights, .setacl: word = "ACL"
        case .getmetadata, .setmetadata: word = "METADATA"
        case .notify: word = "NOTIFY"
        case .xlist: word = "XLIST"
        case .lsub, .list, .search, .fetch, .store: word = "IMAP4REV1"
        default: return nil
        }
        return self.capabilities.contains(word) ? word : nil
    }

    /// A completion that no command waits for: the second one of a command that was completed before?
    func strayCompletionQuirks(_ tag: String, at offset: UInt64) -> [Finding] {
        guard self.options.recognisesQuirks, self.quirks.completed.contains(tag) else { return [] }
        return [.quirk(.secondCompletion, .server, at: offset)]
    }
}

extension RawSpan {
    /// Where `word` stands in the first 4 KiB, in this very spelling.
    fileprivate func offset(of word: StaticString) -> Int? {
        let length = word.utf8CodeUnitCount
        let end = min(self.byteCount, 4096)
        guard end >= length else { return nil }
        for start in 0...(end - length) where self[start] == word.utf8Start[0] {
            var index = 1
            while index < length, self[start + index] == word.utf8Start[index] { index += 1 }
            if index == length { return start }
        }
        return nil
    }
}
