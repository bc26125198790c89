import IMAPProtocol
import IMAPWire
import Traffic

// MARK: - Quirks of responses

extension Session {
    /// What a line of the server shows by itself, and beside what went before.
    mutating func responseQuirks(_ head: ResponseHead, _ text: RawSpan, _ frame: MessageFrame) -> [Finding] {
        guard self.options.recognisesQuirks else { return [] }
        // What the capture lacks is no slip of the server.
        guard frame.missing.isEmpty, frame.complete || !self.isPartial else { return [] }
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

    private mutating func identify(_ head: ResponseHead, _ text: RawSpan) {
        if let software = ServerSoftware.named(in: text, head.arguments..<text.byteCount) {
            self.quirks.software = software
        }
    }

    private func greetingQuirks(
        _ head: ResponseHead,
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
            let start = CommandHead.skipPadding(text)
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
        _ head: ResponseHead,
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
