import IMAPSession
import IMAPWire
import Masking
import Reporting
import Traffic

/// The two files of one session.
struct ExtractedSession {
    private let description: SessionDescription
    private var client: ExtractedStream
    private var server: ExtractedStream

    /// - Parameter isRawlog: Dovecot writes what it gets to `.in`, what it sends to `.out`.
    init(_ description: SessionDescription, folder: String, isRawlog: Bool) {
        self.description = description
        let number = description.connection.number
        self.client = ExtractedStream(path: "\(folder)/\(number).\(isRawlog ? "in" : "client")")
        self.server = ExtractedStream(path: "\(folder)/\(number).\(isRawlog ? "out" : "server")")
    }

    /// Makes the files, so that a session without octets has them too; or opens them again.
    mutating func open() throws(Failure) {
        try self.client.open()
        try self.server.open()
    }

    mutating func close() {
        self.client.close()
        self.server.close()
    }

    mutating func gap(_ octets: UInt64, at offset: UInt64, _ direction: Direction) {
        if direction == .client { self.client.gap(octets, at: offset) } else { self.server.gap(octets, at: offset) }
    }

    /// The lines of a message and the kept part of its literals; the rest of those comes, or came, by itself.
    func write(_ message: MaskedMessage, _ text: RawSpan) throws(Failure) {
        let value = message.message
        let skips = message.masked.filter(\.isMissing).map(\.range)
        var textStart = 0
        var offset = value.offset
        for literal in value.literals where literal.offset >= offset {
            let head = Int(literal.offset - offset)
            let kept = min(literal.textOffset, text.byteCount)
            try self.write(text, textStart..<min(textStart + head, kept), skips, at: offset, value.direction)
            let body = kept..<min(kept + Int(min(literal.received, UInt64(text.byteCount - kept))), text.byteCount)
            let inline = body.lowerBound..<min(body.upperBound, Self.end(of: literal, body, text, value))
            try self.write(text, inline, skips, at: literal.offset, value.direction)
            textStart = inline.upperBound
            offset = literal.offset + literal.received
        }
        try self.write(text, textStart..<text.byteCount, skips, at: offset, value.direction)
    }

    /// Where in the text the kept part of a literal ends.
    private static func end(of literal: LiteralRecord, _ body: Range<Int>, _ text: RawSpan, _ message: Message) -> Int {
        let prefix = UInt64(WireLimits.standard.literalPrefix)
        return body.lowerBound + Int(min(literal.received, prefix, UInt64(text.byteCount - body.lowerBound)))
    }

    private func write(
        _ text: RawSpan,
        _ range: Range<Int>,
        _ skips: [Range<Int>],
        at offset: UInt64,
        _ direction: Direction
    ) throws(Failure) {
        var position = range.lowerBound
        for skip in skips where skip.overlaps(range) {
            let start = max(position, skip.lowerBound)
            try self.write(
                text.extracting(position..<start),
                at: offset + UInt64(position - range.lowerBound),
                direction
            )
            position = min(skip.upperBound, range.upperBound)
        }
        guard position < range.upperBound else { return }
        try self.write(
            text.extracting(position..<range.upperBound),
            at: offset + UInt64(position - range.lowerBound),
            direction
        )
    }

    /// Octets of the stream; `offset` counts what is missing too.
    func write(_ octets: RawSpan, at offset: UInt64, _ direction: Direction) throws(Failure) {
        try (direction == .client ? self.client : self.server).write(octets, at: offset)
    }

    /// The line of `sessions.jsonl`.
    var line: String {
        let gaps = { (stream: ExtractedStream) in
            stream.gaps.map { #"{"offset":\#($0.offset),"length":\#($0.octets)}"# }.joined(separator: ",")
        }
        return #"{"session":\#(self.description.connection.number),"client":"\#(self.description.client)","#
            + #""server":"\#(self.description.server)","leg":"\#(self.description.clientLeg)","#
            + #""client_gaps":[\#(gaps(self.client))],"server_gaps":[\#(gaps(self.server))]}"# + "\n"
    }
}
