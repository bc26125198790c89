import IMAPProtocol
import IMAPSession
import Masking
import Traffic

/// Renders objects.
///
/// A struct, so that one message is one access to the sink's storage and not one for each field.
struct JSONRenderer {
    let fields: JSONFields
    let literalPrefix: Int
    var output: ChunkedOutput
    var notes: MessageNotes
    private var sequence: UInt64 = 0

    init(_ output: any TranscriptOutput, fields: JSONFields, literalPrefix: Int) {
        self.fields = fields
        self.literalPrefix = literalPrefix
        self.output = ChunkedOutput(output)
        self.notes = MessageNotes(literalPrefix: literalPrefix)
    }

    mutating func write(_ header: JSONHeader) {
        self.output.writer.append(header)
    }

    /// Begins an object with the fields that all have.
    mutating func begin(_ event: StaticString, _ session: ConnectionID, _ time: Timestamp) {
        self.sequence += 1
        self.output.writer.append(#"{"event":""#)
        self.output.writer.append(event)
        self.output.writer.append(UInt8(ascii: "\""))
        if self.fields.contains(.session) {
            self.output.writer.append(#","session":"#)
            self.output.writer.append(decimal: session.number)
        }
        if self.fields.contains(.seq) {
            self.output.writer.append(#","seq":"#)
            self.output.writer.append(decimal: self.sequence)
        }
        if self.fields.contains(.time) {
            self.output.writer.append(#","time":""#)
            self.output.writer.append(time, fraction: 6)
            self.output.writer.append(UInt8(ascii: "\""))
        }
    }

    mutating func endObject() {
        self.output.writer.append("}\n")
        self.output.lineEnded()
    }

    /// Writes `key`, which is a comma and the name, and then its value, when `field` is asked for.
    @inline(__always)
    mutating func put(_ field: JSONField, _ key: StaticString, _ value: (inout ByteWriter) -> Void) {
        guard self.fields.contains(field) else { return }
        self.output.writer.append(key)
        value(&self.output.writer)
    }

    mutating func write(_ message: MaskedMessage, _ text: RawSpan, _ session: JSONSession) {
        let value = message.message
        let layout = MessageLayout(value, text: text, literalPrefix: self.literalPrefix)
        self.begin("message", session.id, value.time)
        self.put(.direction, #","direction":"#) {
            $0.append(value.direction == .client ? #""client""# : #""server""#)
        }
        self.put(.kind, #","kind":""#) {
            $0.append(value.kind.word)
            $0.append(UInt8(ascii: "\""))
        }
        self.put(.offset, #","offset":"#) { $0.append(decimal: value.offset) }
        self.put(.length, #","length":"#) { $0.append(decimal: value.length) }
        if !value.tag.isEmpty {
            self.put(.tag, #","tag":"#) { $0.append(octetString: text, value.tag, masked: message.masked) }
        }
        if !value.name.isEmpty {
            self.put(.name, #","name":"#) { $0.append(octetString: text, value.name, masked: message.masked) }
        }
        self.put(.text, #","text":"#) { $0.append(textOf: layout, text, masked: message.masked) }
        if self.fields.contains(.note) {
            self.notes.write(
                value,
                masked: message.masked,
                text: text,
                exchanges: session.exchanges,
                before: #","note":"#,
                to: &self.output.writer
            )
        }
        if let step = value.sasl { self.write(step) }
        if !value.literals.isEmpty {
            self.put(.literals, #","literals":"#) { $0.append(literalsOf: layout, text, masked: message.masked) }
        }
        if value.exchange != 0 { self.put(.exchange, #","exchange":"#) { $0.append(decimal: value.exchange) } }
        if !value.uids.isEmpty { self.write(uidsOf: value) }
        if let status = value.status { self.put(.status, #","status":"#) { $0.append(prose: status.name) } }
        self.put(.complete, #","complete":"#) { $0.append(value.complete) }
        if !value.quirks.isEmpty { self.put(.quirks, #","quirks":"#) { $0.append(value.quirks) } }
        self.put(.masked, #","masked":"#) { $0.append(!message.masked.isEmpty) }
        self.endObject()
    }

    /// What the session knows of the messages that stand in it by number: the one of a response, those of a command.
    private mutating func write(uidsOf message: Message) {
        if let number = message.sequenceNumber, let uid = message.uids.uid(of: number) {
            self.put(.uid, #","uid":"#) { $0.append(decimal: UInt64(uid)) }
            return
        }
        self.put(.uids, #","uids":{"#) { writer in
            var isFirst = true
            message.uids.forEach { number, uid in
                writer.append(isFirst ? "\"" : ",\"")
                isFirst = false
                writer.append(decimal: number)
                writer.append("\":")
                writer.append(decimal: UInt64(uid))
            }
            writer.append(UInt8(ascii: "}"))
        }
    }
}
