import IMAPSession
import IMAPWire
import Masking
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The two files of one session.
struct ExtractedSession {
    private struct Stream {
        var path: String
        var descriptor: Int32 = -1
        /// Where octets are missing: the offset of the first in the stream, and how many.
        var gaps: [(offset: UInt64, octets: UInt64)] = []
        var missing: UInt64 = 0

        /// Where in the file an octet of the stream stands: what is missing takes no room.
        func position(of offset: UInt64) -> UInt64 {
            if self.gaps.isEmpty { return offset }
            return offset - self.gaps.reduce(0) { $1.offset < offset ? $0 + min($1.octets, offset - $1.offset) : $0 }
        }
    }

    private let description: SessionDescription
    private var client: Stream
    private var server: Stream

    init(_ description: SessionDescription, folder: String) {
        self.description = description
        let number = description.connection.number
        self.client = Stream(path: "\(folder)/\(number).client")
        self.server = Stream(path: "\(folder)/\(number).server")
    }

    /// Makes the files, so that a session without octets has them too.
    mutating func create() throws(Failure) {
        self.client.descriptor = try OutputFile.create(self.client.path)
        self.server.descriptor = try OutputFile.create(self.server.path)
    }

    func close() {
        for descriptor in [self.client.descriptor, self.server.descriptor] where descriptor >= 0 {
            #if canImport(Glibc)
                _ = Glibc.close(descriptor)
            #else
                _ = Musl.close(descriptor)
            #endif
        }
    }

    mutating func gap(_ octets: UInt64, at offset: UInt64, _ direction: Direction) {
        if direction == .client {
            self.client.gaps.append((offset, octets))
            self.client.missing += octets
        } else {
            self.server.gaps.append((offset, octets))
            self.server.missing += octets
        }
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
        guard octets.byteCount > 0 else { return }
        let stream = direction == .client ? self.client : self.server
        var place = off_t(stream.position(of: offset))
        var failed: Int32 = 0
        octets.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = UnsafeRawBufferPointer(rebasing: rest)
                let count = pwrite(stream.descriptor, piece.baseAddress, piece.count, place)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    failed = errno
                    return
                }
                rest = rest.dropFirst(count)
                place += off_t(count)
            }
        }
        guard failed == 0 else {
            throw Failure(.ioError, "cannot write to \(stream.path): \(systemErrorText(failed))")
        }
    }

    /// The line of `sessions.jsonl`.
    var line: String {
        let gaps = { (stream: Stream) in
            stream.gaps.map { #"{"offset":\#($0.offset),"length":\#($0.octets)}"# }.joined(separator: ",")
        }
        return #"{"session":\#(self.description.connection.number),"client":"\#(self.description.client)","#
            + #""server":"\#(self.description.server)","leg":"\#(self.description.clientLeg)","#
            + #""client_gaps":[\#(gaps(self.client))],"server_gaps":[\#(gaps(self.server))]}"# + "\n"
    }
}
