import IMAPProtocol
import IMAPSession
import IMAPWire
import Traffic

extension RecordWriter {
    /// A message without its text.
    mutating func write(_ message: Message, masked: [SecretRange]) {
        self.part { part in
            part.write(message.kind.rawValue)
            part.write(message.direction)
            part.write(message.number)
            part.write(message.time)
            part.write(message.offset)
            part.write(message.length)
            part.write(message.tag)
            part.write(message.name)
            part.write(message.command?.rawValue)
            part.write(message.isUID)
            part.write(message.response?.rawValue)
            part.write(message.sequenceNumber) { $0.write($1) }
            part.write(message.arguments)
            part.write(message.uids)
            part.write(message.literals) { $0.write($1) }
            part.write(UInt64(message.quirks.rawValue))
            part.write(message.complete)
            part.write(message.exceeded) { $0.write($1) }
            part.write(message.literalRefused)
            part.write(message.exchange)
            part.write(UInt64(message.packet))
            part.write(masked) { $0.write($1) }
            part.write(!message.isPlain)
            guard !message.isPlain else { return }
            part.write(message.completes) { $0.write($1) }
            part.write(message.sasl) { $0.write($1) }
            part.write(message.findings) { $0.write($1) }
            part.write(message.consequences) { $0.write($1) }
        }
    }
}

extension RecordReader {
    mutating func message(of session: ConnectionID) throws(Damage) -> Message {
        try self.part { (part: inout RecordReader) throws(Damage) in
            let kind = try part.raw(Message.Kind.self)
            let direction = try part.direction()
            let number = try part.int()
            let time = try part.time()
            let offset = try part.unsigned()
            let length = try part.unsigned()
            var message = Message(
                kind: kind,
                direction: direction,
                number: number,
                time: time,
                frame: MessageFrame(offset: offset, length: length, text: .assembled)
            )
            message.tag = try part.range()
            message.name = try part.range()
            message.command = try part.known(Command.self)
            message.isUID = try part.bool()
            message.response = try part.known(Response.self)
            message.sequenceNumber = try part.optional { (part) throws(Damage) in try part.unsigned() }
            message.arguments = try part.int()
            message.uids = try part.uids()
            message.literals = try part.array { (part) throws(Damage) in try part.literal() }
            message.quirks = WireQuirks(rawValue: UInt32(truncatingIfNeeded: try part.unsigned()))
            message.complete = try part.bool()
            message.exceeded = try part.optional { (part) throws(Damage) in try part.exceeded() }
            message.literalRefused = try part.bool()
            message.exchange = try part.int()
            message.packet = UInt32(truncatingIfNeeded: try part.unsigned())
            let masked = try part.array { (part) throws(Damage) in try part.secret() }
            if !masked.isEmpty { message.secrets = masked }
            guard try part.bool() else { return message }
            if let exchange = try part.optional({ (part) throws(Damage) in try part.exchange() }) {
                message.completes = exchange
            }
            if let step = try part.optional({ (part) throws(Damage) in try part.step() }) { message.sasl = step }
            message.findings = try part.array { (part) throws(Damage) in try part.finding() }
            message.consequences = try part.array { (part) throws(Damage) in try part.event(of: session) }
            return message
        }
    }
}
