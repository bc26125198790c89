import IMAPSession
import Traffic

extension RecordWriter {
    mutating func write(_ event: SessionEvent) {
        switch event {
        case .began(let description):
            self.write(0)
            self.write(description)
        case .exchangeBegan(let exchange):
            self.write(1)
            self.write(exchange)
        case .exchangeEnded(let exchange):
            self.write(2)
            self.write(exchange)
        case .authentication(let outcome):
            self.write(3)
            self.write(outcome)
        case .stateChanged(let from, let to, let mailbox, let time):
            self.write(4)
            self.write(from.rawValue)
            self.write(to.rawValue)
            self.write(mailbox)
            self.write(time)
        case .transportChange(let change):
            self.write(5)
            self.write(change)
        case .tls(let change):
            self.write(6)
            self.write(change)
        case .finding(let finding, let time):
            self.write(7)
            self.write(finding)
            self.write(time)
        case .edit(let edit):
            self.write(8)
            self.write(edit)
        case .opaque(let direction, let octets, let time):
            self.write(9)
            self.write(direction)
            self.write(octets)
            self.write(time)
        case .gap(let direction, let offset, let octets, let time):
            self.write(10)
            self.write(direction)
            self.write(offset)
            self.write(octets)
            self.write(time)
        case .closed(let direction, let how, let time):
            self.write(11)
            self.write(direction)
            self.write(how.rawValue)
            self.write(time)
        case .ended(let summary):
            self.write(12)
            self.write(summary)
        }
    }

    private mutating func write(_ description: SessionDescription) {
        self.part { part in
            part.write(description.client)
            part.write(description.server)
            part.write(description.listener) { $0.write($1) }
            part.write(description.clientLeg)
            part.write(description.upstreamLeg)
            part.write(description.time)
        }
    }

    private mutating func write(_ change: TransportChange) {
        self.part { part in
            part.write(change.layer.rawValue)
            part.write(change.clientOffset)
            part.write(change.serverOffset)
            part.write(change.handling?.rawValue)
            part.write(change.time)
        }
    }

    private mutating func write(_ summary: SessionSummary) {
        self.part { part in
            part.write(summary.began)
            part.write(summary.ended)
            part.write(summary.user)
            part.write(summary.state.rawValue)
            part.write(summary.clientOctets)
            part.write(summary.serverOctets)
            part.write(summary.clientMessages)
            part.write(summary.serverMessages)
            part.write(summary.exchanges)
            part.write(summary.findings)
            part.write(summary.compression) { part, totals in
                part.write(totals.client.compressed)
                part.write(totals.client.inflated)
                part.write(totals.server.compressed)
                part.write(totals.server.inflated)
            }
        }
    }
}

extension RecordReader {
    /// - Parameter session: the number of the session that it belongs to.
    mutating func event(of session: ConnectionID) throws(Damage) -> SessionEvent {
        switch try self.unsigned() {
        case 0: return .began(try self.description(of: session))
        case 1: return .exchangeBegan(try self.exchange())
        case 2: return .exchangeEnded(try self.exchange())
        case 3: return .authentication(try self.outcome())
        case 4:
            let from = try self.raw(SessionState.self)
            let to = try self.raw(SessionState.self)
            let mailbox = try self.optionalString()
            return .stateChanged(from: from, to: to, mailbox: mailbox, time: try self.time())
        case 5: return .transportChange(try self.transportChange())
        case 6: return .tls(try self.tlsChange())
        case 7:
            let finding = try self.finding()
            return .finding(finding, time: try self.time())
        case 8: return .edit(try self.edit())
        case 9:
            let direction = try self.direction()
            let octets = try self.int()
            return .opaque(direction: direction, octets: octets, time: try self.time())
        case 10:
            let direction = try self.direction()
            let offset = try self.unsigned()
            let octets = try self.unsigned()
            return .gap(direction: direction, offset: offset, octets: octets, time: try self.time())
        case 11:
            let direction = try self.direction()
            let how = try self.raw(Closing.self)
            return .closed(direction, how, time: try self.time())
        case 12: return .ended(try self.summary(of: session))
        default: throw Damage()
        }
    }

    private mutating func description(of session: ConnectionID) throws(Damage) -> SessionDescription {
        try self.part { (part: inout RecordReader) throws(Damage) in
            let client = try part.endpoint()
            let server = try part.endpoint()
            let listener = try part.optional { (part) throws(Damage) in try part.endpoint() }
            let clientLeg = try part.string()
            let upstreamLeg = try part.string()
            return SessionDescription(
                connection: session,
                client: client,
                server: server,
                listener: listener,
                clientLeg: clientLeg,
                upstreamLeg: upstreamLeg,
                time: try part.time()
            )
        }
    }

    private mutating func transportChange() throws(Damage) -> TransportChange {
        try self.part { (part: inout RecordReader) throws(Damage) in
            let layer = try part.raw(TransportChange.Layer.self)
            let clientOffset = try part.unsigned()
            let serverOffset = try part.unsigned()
            let handling = try part.known(TransportChange.Handling.self)
            return TransportChange(
                layer: layer,
                clientOffset: clientOffset,
                serverOffset: serverOffset,
                handling: handling,
                time: try part.time()
            )
        }
    }

    private mutating func summary(of session: ConnectionID) throws(Damage) -> SessionSummary {
        try self.part { (part: inout RecordReader) throws(Damage) in
            let began = try part.time()
            let ended = try part.time()
            let user = try part.optionalString()
            let state = try part.raw(SessionState.self)
            let clientOctets = try part.unsigned()
            let serverOctets = try part.unsigned()
            let clientMessages = try part.int()
            let serverMessages = try part.int()
            let exchanges = try part.int()
            let findings = try part.int()
            return SessionSummary(
                connection: session,
                began: began,
                ended: ended,
                user: user,
                state: state,
                clientOctets: clientOctets,
                serverOctets: serverOctets,
                clientMessages: clientMessages,
                serverMessages: serverMessages,
                exchanges: exchanges,
                findings: findings,
                compression: try part.optional { (part) throws(Damage) in
                    var totals = CompressionTotals()
                    totals.client.compressed = try part.unsigned()
                    totals.client.inflated = try part.unsigned()
                    totals.server.compressed = try part.unsigned()
                    totals.server.inflated = try part.unsigned()
                    return totals
                }
            )
        }
    }
}
