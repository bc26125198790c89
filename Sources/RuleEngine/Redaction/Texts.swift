import FilterLanguage
import IMAPProtocol
import IMAPSession
import Traffic

/// Rewrites the texts of events and findings, which are no octets of a message and may change their length.
struct Texts {
    let pseudonyms: Pseudonyms
    /// The parts that are hidden, and whether by placeholders.
    let plan: [Part: Bool]
    let expressions: [RegularExpression]

    /// A value that is nothing but this part.
    func name(_ value: String, _ part: Part) -> String {
        guard !value.isEmpty, let isPseudonym = self.plan[part] else { return self.matched(value) }
        if part == .mailboxes { return self.mailbox(value, isPseudonym) }
        return isPseudonym ? self.pseudonyms.name(Array(value.utf8), part) : "‹masked›"
    }

    /// A text for people, in which only some words are names.
    func prose(_ text: String) -> String {
        guard !self.plan.isEmpty else { return self.matched(text) }
        return self.matched(Prose(pseudonyms: self.pseudonyms, parts: Set(self.plan.keys)).replaced(text))
    }

    /// Level by level, as in messages; the placeholders have the same length there and here.
    private func mailbox(_ value: String, _ isPseudonym: Bool) -> String {
        var octets = Array(value.utf8)
        if value.uppercased() == "INBOX" { return value }
        octets.withUnsafeMutableBytes { buffer in
            for range in MailboxLevels.ranges(UnsafeRawBufferPointer(buffer), 0..<buffer.count) {
                let level = UnsafeMutableRawBufferPointer(rebasing: buffer[range])
                if isPseudonym, self.pseudonyms.overwrite(level, value: Array(level), .mailboxes) { continue }
                for index in level.indices { level[index] = UInt8(ascii: "*") }
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private func matched(_ text: String) -> String {
        var text = text
        for expression in self.expressions {
            text = text.withUTF8 { buffer in
                let octets = UnsafeRawBufferPointer(buffer)
                var result: [UInt8] = []
                var start = 0
                while start <= octets.count {
                    switch expression.search(octets, from: start) {
                    case .found(let range) where !range.isEmpty:
                        result += octets[start..<range.lowerBound]
                        result += Array("‹masked›".utf8)
                        start = range.upperBound
                        continue
                    case .gaveUp: return "‹masked›"
                    case .found, .notFound: break
                    }
                    break
                }
                return String(decoding: result + octets[start...], as: UTF8.self)
            }
        }
        return text
    }

    // MARK: - Events

    func replaced(_ finding: Finding) -> Finding {
        var finding = finding
        finding.text = self.prose(self.unquoted(finding.text))
        return finding
    }

    /// A finding quotes what it found, and that may be any word of the wire: only what looks like a tag or a word of the
    /// protocol stays.
    private func unquoted(_ text: String) -> String {
        guard self.plan[.others] != nil, text.contains("“") else { return text }
        var result = ""
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "“"), let close = rest[open...].firstIndex(of: "”") {
            let word = rest[rest.index(after: open)..<close]
            result += rest[...open]
            result += Self.isOfProtocol(word) ? String(word) : "‹masked›"
            rest = rest[close...]
        }
        return result + rest
    }

    private static func isOfProtocol(_ word: Substring) -> Bool {
        let name = word.uppercased()
        if Command(rawValue: name) != nil || Response(rawValue: name) != nil { return true }
        let octets = word.utf8
        let isTag =
            octets.count <= 8 && octets.contains { $0 &- 0x30 < 10 }
            && octets.allSatisfy { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 26 || $0 == UInt8(ascii: ".") }
        return isTag
    }

    func replaced(_ exchange: Exchange) -> Exchange {
        var exchange = exchange
        // A name that is no command may be anything.
        if exchange.command == nil, self.plan[.others] != nil { exchange.name = "‹masked›" }
        return exchange
    }

    func replaced(_ endpoint: Endpoint) -> Endpoint {
        Endpoint(host: self.name(endpoint.host, .hosts), port: endpoint.port)
    }

    func replaced(_ facts: TLSFacts) -> TLSFacts {
        guard self.plan[.hosts] != nil else { return facts }
        var facts = facts
        facts.serverName = facts.serverName.map { self.name($0, .hosts) }
        facts.certificate = facts.certificate.map { self.replaced($0) }
        facts.clientCertificate = facts.clientCertificate.map { self.replaced($0) }
        facts.problem = facts.problem.map(self.prose)
        return facts
    }

    private func replaced(_ certificate: CertificateFacts) -> CertificateFacts {
        var certificate = certificate
        certificate.subject = self.name(certificate.subject, .hosts)
        certificate.issuer = self.name(certificate.issuer, .hosts)
        certificate.names = certificate.names.map { self.name($0, .hosts) }
        // It can be looked up in the public logs of certificates (RFC 9162).
        certificate.fingerprint = nil
        return certificate
    }

    private func replaced(_ failure: TLSHandshakeFailure) -> TLSHandshakeFailure {
        var failure = failure
        failure.reason = self.prose(failure.reason)
        failure.certificate = failure.certificate.map { self.replaced($0) }
        return failure
    }

    func replaced(_ event: SessionEvent) -> SessionEvent {
        switch event {
        case .began(var description):
            description.client = self.replaced(description.client)
            description.server = self.replaced(description.server)
            description.listener = description.listener.map { self.replaced($0) }
            return .began(description)
        case .exchangeBegan(let exchange): return .exchangeBegan(self.replaced(exchange))
        case .exchangeEnded(let exchange): return .exchangeEnded(self.replaced(exchange))
        case .authentication(var outcome):
            outcome.user = outcome.user.map { self.name($0, .users) }
            outcome.authorizationIdentity = outcome.authorizationIdentity.map { self.name($0, .users) }
            return .authentication(outcome)
        case .stateChanged(let from, let to, let mailbox, let time):
            return .stateChanged(from: from, to: to, mailbox: mailbox.map { self.name($0, .mailboxes) }, time: time)
        case .tls(var change):
            change.client = change.client.map { self.replaced($0) }
            change.upstream = change.upstream.map { self.replaced($0) }
            switch change.outcome {
            case .established(let facts): change.outcome = .established(self.replaced(facts))
            case .failed(let failure): change.outcome = .failed(self.replaced(failure))
            case .broken(let failure): change.outcome = .broken(self.replaced(failure))
            case .truncated, .renegotiationRefused: break
            }
            return .tls(change)
        case .finding(let finding, let time): return .finding(self.replaced(finding), time: time)
        case .edit(var edit):
            edit.before = self.prose(edit.before)
            edit.after = self.prose(edit.after)
            return .edit(edit)
        case .ended(var summary):
            summary.user = summary.user.map { self.name($0, .users) }
            return .ended(summary)
        default: return event
        }
    }
}
