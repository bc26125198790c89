import IMAPSession
import IMAPWire
import Traffic

/// A message that is written to a file, or was.
struct ExportedMail {
    /// How it came to pass.
    enum Source: String {
        case fetch = "FETCH"
        case append = "APPEND"
        case replace = "REPLACE"
    }

    var session: ConnectionID
    /// Counted from 1 in its session.
    var number: Int
    var source: Source
    var time: Timestamp
    /// As on the wire.
    var mailbox: String?
    var uid: UInt32?
    var sequenceNumber: UInt64?
    var flags: String?
    /// Where in the message the file begins: not 0 when the client asked for a later part of it only.
    var start: UInt64 = 0
    /// Octets in the file.
    var octets: UInt64 = 0
    /// Octets of the part that came last, when it came in parts.
    var lastLength: UInt64 = 0
    /// Octets that should be in the file and are not.
    var missing: UInt64 = 0
    /// Whether the end of the message is known to be there.
    var isEnded = false
    /// What the server answered to APPEND.
    var status: String?

    init(_ session: ConnectionID, number: Int, source: Source, time: Timestamp) {
        self.session = session
        self.number = number
        self.source = source
        self.time = time
    }

    /// All octets of a literal that there are have been written.
    mutating func settle(_ literal: LiteralRecord) {
        self.lastLength = literal.received
        self.missing += literal.missing + (literal.size - min(literal.received, literal.size))
    }

    /// The file, to be written on with the next part.
    func goingOn() -> ExportedMail {
        var mail = self
        mail.lastLength = 0
        return mail
    }

    var isComplete: Bool { self.start == 0 && self.missing == 0 && self.isEnded }

    /// The name while it is written. All that is in names was counted or read as a number.
    var temporaryName: String { "\(self.session.number)-\(self.number).writing" }

    var name: String {
        var name = "\(self.session.number)-\(self.number)"
        if let uid { name += "-uid\(uid)" }
        if self.start > 0 { name += "-from\(self.start)" }
        return name + (self.isComplete ? ".eml" : ".part")
    }

    /// Its line in `messages.jsonl`.
    func write(to writer: inout ByteWriter) {
        writer.append(#"{"file":"#)
        writer.append(prose: self.name)
        writer.append(#","session":"#)
        writer.append(decimal: self.session.number)
        writer.append(#","time":""#)
        writer.append(self.time, fraction: 6)
        writer.append(#"","command":"#)
        writer.append(prose: self.source.rawValue)
        writer.append(#","mailbox":"#)
        writer.append(prose: self.mailbox)
        writer.append(#","uid":"#)
        writer.append(number: self.uid.map(UInt64.init))
        writer.append(#","number":"#)
        writer.append(number: self.sequenceNumber)
        writer.append(#","size":"#)
        writer.append(decimal: self.octets)
        writer.append(#","start":"#)
        writer.append(decimal: self.start)
        writer.append(#","missing":"#)
        writer.append(decimal: self.missing)
        writer.append(#","flags":"#)
        writer.append(prose: self.flags)
        if self.source != .fetch {
            writer.append(#","status":"#)
            writer.append(prose: self.status)
        }
        writer.append(#","complete":"#)
        writer.append(self.isComplete)
        writer.append("}\n")
    }
}

extension ByteWriter {
    fileprivate mutating func append(number: UInt64?) {
        guard let number else { return self.append("null") }
        self.append(decimal: number)
    }
}
