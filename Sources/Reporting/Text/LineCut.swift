import IMAPProtocol
import IMAPSession
import Traffic

/// A part of a line that is left out because it is long or was shown before, and what stands in its place.
struct LineCut {
    var range: Range<Int>
    /// The number of capabilities that are left out; nil when octets are.
    var capabilities: Int?

    /// Lines longer than this are cut.
    static let longest = 400
    private static let head = 240
    private static let tail = 80

    /// The cut in the middle of a long line; nil for others.
    init?(longLine text: RawSpan, _ line: Range<Int>, masked: [SecretRange]) {
        guard line.count > LineCut.longest else { return nil }
        var start = line.lowerBound + LineCut.head
        var end = line.upperBound - LineCut.tail
        // A character or a mask is left out whole or not at all.
        while start > line.lowerBound, text[start] & 0xC0 == 0x80 { start -= 1 }
        while end < line.upperBound, text[end] & 0xC0 == 0x80 { end += 1 }
        for secret in masked {
            if secret.range.contains(start) { start = max(line.lowerBound, secret.range.lowerBound) }
            if secret.range.contains(end) { end = min(line.upperBound, secret.range.upperBound) }
        }
        guard start < end else { return nil }
        self.range = start..<end
    }

    /// The cut of a capability list; nil when there is none or it is to be shown.
    init?(capabilities list: CapabilityWords?, shown: inout ShownCapabilities) {
        guard let list else { return nil }
        let isKnown = shown.insert(list.digest)
        guard list.count > 24 || list.count > 12 && isKnown else { return nil }
        self.range = list.range
        self.capabilities = list.count
    }

    func write(to writer: inout ByteWriter) {
        if let capabilities {
            writer.append("… ")
            writer.append(grouped: UInt64(capabilities))
            writer.append(" capabilities")
        } else {
            writer.append(" … ")
            writer.append(grouped: UInt64(self.range.count))
            writer.append(" octets … ")
        }
    }
}

/// A capability list in a response, in either of the places where one can stand.
struct CapabilityWords {
    var range: Range<Int>
    var count = 0
    /// FNV-1a of its octets, to know it again.
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325

    init?(_ message: Message, text: RawSpan) {
        guard message.direction == .server, let response = message.response else { return nil }
        let end = ResponseHead.contentEnd(text)
        var start = message.arguments
        if response == .capability {
            guard start < end else { return nil }
            self.range = start..<end
        } else {
            let code = start..<min(start + 12, end)
            guard response.status != nil, start < end, text.matches(code, "[CAPABILITY ") else { return nil }
            start += 12
            var close = start
            while close < end, text[close] != UInt8(ascii: "]") { close += 1 }
            self.range = start..<close
        }
        var isInWord = false
        for index in self.range {
            let octet = text[index]
            if octet != 0x20, !isInWord { self.count += 1 }
            isInWord = octet != 0x20
            self.digest = (self.digest ^ UInt64(octet)) &* 0x100_0000_01B3
        }
    }
}

/// The capability lists that a session has shown: there are rarely more than before TLS, after it, and after login.
struct ShownCapabilities {
    private var digests: InlineArray<4, UInt64> = .init(repeating: 0)
    private var next = 0

    /// Remembers a list; true when it was known.
    mutating func insert(_ digest: UInt64) -> Bool {
        for index in self.digests.indices where self.digests[index] == digest { return true }
        self.digests[self.next % 4] = digest
        self.next += 1
        return false
    }
}
