import IMAPProtocol
import IMAPSession
import SASL
import Traffic

extension JSONRenderer {
    mutating func write(_ description: SessionDescription) {
        self.begin("session_start", description.connection, description.time)
        self.put(.client, #","client":"#) { $0.append(prose: description.client.description) }
        self.put(.server, #","server":"#) { $0.append(prose: description.server.description) }
        self.put(.clientLeg, #","client_leg":"#) { $0.append(prose: description.clientLeg) }
        if !description.upstreamLeg.isEmpty {
            self.put(.upstreamLeg, #","upstream_leg":"#) { $0.append(prose: description.upstreamLeg) }
        }
        self.endObject()
    }

    mutating func write(_ summary: SessionSummary) {
        self.begin("session_end", summary.connection, summary.ended)
        self.put(.durationMs, #","duration_ms":"#) { $0.append(milliseconds: summary.ended.since(summary.began)) }
        self.put(.user, #","user":"#) { $0.append(prose: summary.user) }
        self.put(.state, #","state":"#) { $0.append(prose: summary.state.rawValue) }
        self.put(.clientOctets, #","client_octets":"#) { $0.append(decimal: summary.clientOctets) }
        self.put(.serverOctets, #","server_octets":"#) { $0.append(decimal: summary.serverOctets) }
        self.put(.clientMessages, #","client_messages":"#) { $0.append(decimal: summary.clientMessages) }
        self.put(.serverMessages, #","server_messages":"#) { $0.append(decimal: summary.serverMessages) }
        self.put(.exchanges, #","exchanges":"#) { $0.append(decimal: summary.exchanges) }
        self.put(.findings, #","findings":"#) { $0.append(decimal: summary.findings) }
        if let totals = summary.compression {
            self.put(.compression, #","compression":"#) { $0.append(totals) }
        }
        self.endObject()
    }

    mutating func write(_ exchange: Exchange, _ session: ConnectionID) {
        self.begin("exchange", session, exchange.ended ?? exchange.sent)
        self.put(.exchange, #","exchange":"#) { $0.append(decimal: exchange.number) }
        self.put(.tag, #","tag":"#) { $0.append(prose: exchange.tag) }
        self.put(.name, #","name":"#) { $0.append(prose: exchange.name) }
        self.put(.status, #","status":"#) { $0.append(prose: exchange.status?.name) }
        self.put(.latencyMs, #","latency_ms":"#) { $0.append(optionalMilliseconds: exchange.latency) }
        self.put(.firstAnswerMs, #","first_answer_ms":"#) {
            $0.append(optionalMilliseconds: exchange.firstAnswerLatency)
        }
        self.put(.clientOctets, #","client_octets":"#) { $0.append(decimal: exchange.clientOctets) }
        self.put(.serverOctets, #","server_octets":"#) { $0.append(decimal: exchange.serverOctets) }
        self.put(.untagged, #","untagged":"#) { $0.append(decimal: exchange.untagged) }
        self.endObject()
    }

    mutating func write(_ finding: Finding, _ time: Timestamp, _ session: ConnectionID) {
        self.begin("finding", session, time)
        self.put(.id, #","id":"#) { $0.append(prose: finding.id) }
        self.put(.severity, #","severity":"#) { $0.append(prose: finding.severity.name) }
        if let leg = finding.leg { self.put(.leg, #","leg":"#) { $0.append(prose: leg.rawValue) } }
        self.put(.blame, #","blame":"#) { $0.append(prose: finding.blame.rawValue) }
        self.put(.direction, #","direction":"#) { $0.append(prose: finding.direction.name) }
        self.put(.offset, #","offset":"#) { $0.append(decimal: finding.offset) }
        self.put(.text, #","text":"#) { $0.append(prose: finding.text) }
        self.put(.reference, #","reference":"#) { $0.append(prose: finding.reference) }
        self.endObject()
    }

    /// Events that neither begin nor end something.
    mutating func write(_ event: SessionEvent, _ session: ConnectionID) {
        switch event {
        case .authentication(let outcome): self.write(outcome, session)
        case .finding(let finding, let time): self.write(finding, time, session)
        case .stateChanged(let from, let to, let mailbox, let time):
            self.begin("state", session, time)
            self.put(.from, #","from":"#) { $0.append(prose: from.rawValue) }
            self.put(.to, #","to":"#) { $0.append(prose: to.rawValue) }
            if let mailbox { self.put(.mailbox, #","mailbox":"#) { $0.append(prose: mailbox) } }
            self.endObject()
        case .transportChange(let change): self.write(change, session)
        case .tls(let change): self.write(change, session)
        case .closed(let direction, let closing, let time):
            self.begin("state", session, time)
            self.put(.closed, #","closed":"#) { $0.append(prose: direction.name) }
            self.put(.how, #","how":"#) { $0.append(prose: closing.rawValue) }
            self.endObject()
        case .edit(let edit): self.write(edit, session)
        case .gap(let direction, let offset, let octets, let time):
            self.begin("gap", session, time)
            self.put(.direction, #","direction":"#) { $0.append(prose: direction.name) }
            self.put(.offset, #","offset":"#) { $0.append(decimal: offset) }
            self.put(.length, #","length":"#) { $0.append(decimal: octets) }
            self.endObject()
        case .began, .exchangeBegan, .exchangeEnded, .opaque, .ended: break
        }
    }

    private mutating func write(_ outcome: AuthenticationOutcome, _ session: ConnectionID) {
        self.begin("authentication", session, outcome.time)
        self.put(.mechanism, #","mechanism":"#) { $0.append(prose: outcome.mechanism) }
        self.put(.user, #","user":"#) { $0.append(prose: outcome.user) }
        self.put(.authzid, #","authzid":"#) { $0.append(prose: outcome.authorizationIdentity) }
        self.put(.result, #","result":"#) {
            $0.append(prose: outcome.cancelled ? "cancelled" : outcome.status?.name ?? "unfinished")
        }
        let verified = Self.words(outcome.verdict)
        self.put(.verified, #","verified":"#) { $0.append(verified.state) }
        if let reason = verified.reason { self.put(.verdict, #","verdict":"#) { $0.append(prose: reason) } }
        if outcome.serverVerdict != nil {
            let server = Self.words(outcome.serverVerdict)
            self.put(.serverVerified, #","server_verified":"#) { $0.append(server.state) }
            if let reason = server.reason {
                self.put(.serverVerdict, #","server_verdict":"#) { $0.append(prose: reason) }
            }
        }
        self.put(.exchange, #","exchange":"#) { $0.append(decimal: outcome.exchange) }
        self.endObject()
    }

    private static func words(_ verdict: Verdict?) -> (state: StaticString, reason: String?) {
        switch verdict {
        case .verified: ("true", nil)
        case .wrong(let reason): ("false", reason)
        case .notCheckable(let reason): ("null", reason)
        case nil: ("null", nil)
        }
    }

    /// What a line of an authentication says piece by piece: an object with the names that the specification has, each with a
    /// text, or a list of texts where it stands there more than once.
    mutating func write(_ step: SASLStep) {
        if !step.fields.isEmpty {
            self.put(.sasl, #","sasl":{"#) { writer in
                var told: Set<String> = []
                for field in step.fields where told.insert(field.name).inserted {
                    if told.count > 1 { writer.append(UInt8(ascii: ",")) }
                    writer.append(prose: field.name)
                    writer.append(UInt8(ascii: ":"))
                    let values = step.fields.filter { $0.name == field.name }.map(\.value)
                    if values.count > 1 { writer.append(UInt8(ascii: "[")) }
                    for (index, value) in values.enumerated() {
                        if index > 0 { writer.append(UInt8(ascii: ",")) }
                        writer.append(prose: value)
                    }
                    if values.count > 1 { writer.append(UInt8(ascii: "]")) }
                }
                writer.append(UInt8(ascii: "}"))
            }
        }
        if let challenge = step.challenge, !challenge.isEmpty {
            self.put(.challenge, #","challenge":"#) { $0.append(prose: challenge) }
        }
        if !step.problems.isEmpty {
            self.put(.problems, #","problems":["#) { writer in
                for (index, problem) in step.problems.enumerated() {
                    if index > 0 { writer.append(UInt8(ascii: ",")) }
                    writer.append(prose: problem.text)
                }
                writer.append(UInt8(ascii: "]"))
            }
        }
    }

    private mutating func write(_ change: TransportChange, _ session: ConnectionID) {
        switch change.layer {
        case .tls, .unexpectedTLS: self.begin("tls", session, change.time)
        case .deflate, .saslLayer: self.begin("state", session, change.time)
        case .desynchronised: self.begin("gap", session, change.time)
        }
        if change.layer == .desynchronised {
            self.put(.reason, #","reason":"#) { $0.append(prose: change.layer.rawValue) }
        } else {
            self.put(.layer, #","layer":"#) { $0.append(prose: change.layer.rawValue) }
        }
        if let handling = change.handling { self.put(.how, #","how":"#) { $0.append(prose: handling.rawValue) } }
        self.put(.clientOffset, #","client_offset":"#) { $0.append(decimal: change.clientOffset) }
        self.put(.serverOffset, #","server_offset":"#) { $0.append(decimal: change.serverOffset) }
        self.endObject()
    }

    /// Octets in a language that is not read come in chunks that mean nothing: they are told once, at the end.
    mutating func writeOpaque(_ direction: Direction, _ octets: UInt64, _ time: Timestamp, _ session: ConnectionID) {
        self.begin("gap", session, time)
        self.put(.direction, #","direction":"#) { $0.append(prose: direction.name) }
        self.put(.octets, #","octets":"#) { $0.append(decimal: octets) }
        self.put(.reason, #","reason":"#) { $0.append("\"opaque\"") }
        self.endObject()
    }

    private mutating func write(_ edit: Edit, _ session: ConnectionID) {
        self.begin("edit", session, edit.time)
        self.put(.direction, #","direction":"#) { $0.append(prose: edit.direction.name) }
        self.put(.offset, #","offset":"#) { $0.append(decimal: edit.offset) }
        self.put(.cause, #","cause":"#) { $0.append(prose: edit.cause) }
        self.put(.before, #","before":"#) { $0.append(prose: edit.before) }
        self.put(.after, #","after":"#) { $0.append(prose: edit.after) }
        self.endObject()
    }
}

extension ByteWriter {
    fileprivate mutating func append(optionalMilliseconds nanoseconds: Int64?) {
        guard let nanoseconds else {
            self.append("null")
            return
        }
        self.append(milliseconds: nanoseconds)
    }
}
