import IMAPProtocol
import IMAPSession
import IMAPWire
import Traffic

// The small parts of messages and events. What is written is read in the same order, right below it.

extension RecordWriter {
    mutating func write(_ time: Timestamp) { self.write(signed: time.nanoseconds) }
    mutating func write(_ direction: Direction) { self.write(direction == .client) }
    mutating func write(_ leg: Leg) { self.write(leg.rawValue) }
    mutating func write(_ status: Status) { self.write(Int(status.rawValue)) }

    mutating func write(_ endpoint: Endpoint) {
        self.write(endpoint.host)
        self.write(UInt64(endpoint.port))
    }

    mutating func write(_ secret: SecretRange) {
        self.write(secret.range)
        self.write(secret.showsLength)
        self.write(secret.isMissing)
    }

    mutating func write(_ literal: LiteralRecord) {
        self.part { part in
            part.write(literal.offset)
            part.write(literal.size)
            part.write(literal.form.nonSynchronizing)
            part.write(literal.form.binary)
            part.write(literal.textOffset)
            part.write(literal.received)
            part.write(literal.missing)
            part.write(UInt64(literal.lastOctets))
        }
    }

    mutating func write(_ exceeded: WireLimitExceeded) {
        switch exceeded {
        case .messageText(let limit, let actual):
            self.write(0)
            self.write(limit)
            self.write(actual)
        case .literals(let limit, let actual):
            self.write(1)
            self.write(limit)
            self.write(actual)
        }
    }

    mutating func write(_ uids: KnownUIDs) {
        var pairs: [(UInt64, UInt32)] = []
        uids.forEach { pairs.append(($0, $1)) }
        self.write(pairs) { writer, pair in
            writer.write(pair.0)
            writer.write(UInt64(pair.1))
        }
    }
}

extension RecordReader {
    mutating func time() throws(Damage) -> Timestamp { Timestamp(nanoseconds: try self.signed()) }
    mutating func direction() throws(Damage) -> Direction { try self.bool() ? .client : .server }
    mutating func leg() throws(Damage) -> Leg { try self.raw(Leg.self) }

    mutating func status() throws(Damage) -> Status {
        guard let status = Status(rawValue: UInt8(truncatingIfNeeded: try self.unsigned())) else { throw Damage() }
        return status
    }

    mutating func endpoint() throws(Damage) -> Endpoint {
        let host = try self.string()
        return Endpoint(host: host, port: UInt16(truncatingIfNeeded: try self.unsigned()))
    }

    mutating func secret() throws(Damage) -> SecretRange {
        let range = try self.range()
        let showsLength = try self.bool()
        return SecretRange(range, showsLength: showsLength, isMissing: try self.bool())
    }

    mutating func literal() throws(Damage) -> LiteralRecord {
        try self.part { (part: inout RecordReader) throws(Damage) in
            let offset = try part.unsigned()
            let size = try part.unsigned()
            let nonSynchronizing = try part.bool()
            let form = LiteralForm(nonSynchronizing: nonSynchronizing, binary: try part.bool())
            let textOffset = try part.int()
            var literal = LiteralRecord(
                offset: offset,
                size: size,
                form: form,
                textOffset: textOffset,
                received: try part.unsigned()
            )
            literal.missing = try part.unsigned()
            literal.lastOctets = UInt16(truncatingIfNeeded: try part.unsigned())
            guard textOffset >= 0 else { throw Damage() }
            return literal
        }
    }

    mutating func exceeded() throws(Damage) -> WireLimitExceeded {
        switch try self.unsigned() {
        case 0:
            let limit = try self.int()
            return .messageText(limit: limit, actual: try self.unsigned())
        case 1:
            let limit = try self.int()
            return .literals(limit: limit, actual: try self.int())
        default: throw Damage()
        }
    }

    mutating func uids() throws(Damage) -> KnownUIDs {
        var uids = KnownUIDs()
        for _ in 0..<(try self.int()) {
            let number = try self.unsigned()
            uids.insert(number: number, uid: UInt32(truncatingIfNeeded: try self.unsigned()))
        }
        return uids
    }
}
