import IMAPProtocol
import IMAPWire
import Traffic

/// An item of FETCH whose value is a message from its first header line on: `BODY[]`, `BODY[]<1024>`, `RFC822`.
///
/// `BINARY[]` is not one: the server has decoded parts of it (RFC 3516 section 4.2), its octets are not the message's.
struct MessageSection: Equatable {
    /// Where the part begins; nil for the whole message.
    var origin: UInt64?

    init?(_ text: RawSpan, _ name: Range<Int>) {
        if text.matches(name, "BODY[]") || text.matches(name, "RFC822") {
            self.origin = nil
            return
        }
        guard name.count > 8, text.matches(name.prefix(7), "BODY[]<"), text[name.upperBound - 1] == UInt8(ascii: ">"),
            let origin = text.number((name.lowerBound + 7)..<(name.upperBound - 1))
        else { return nil }
        self.origin = origin
    }

    /// The length in `BODY.PEEK[]<0.65536>` of a command.
    static func requestedLength(_ text: RawSpan, from start: Int) -> UInt64? {
        var index = start
        while index + 3 < text.byteCount {
            defer { index += 1 }
            guard text[index] == UInt8(ascii: "["), text[index + 1] == UInt8(ascii: "]"),
                text[index + 2] == UInt8(ascii: "<")
            else { continue }
            var point = index + 3
            while point < text.byteCount, text[point] &- 0x30 < 10 { point += 1 }
            guard point < text.byteCount, text[point] == UInt8(ascii: ".") else { continue }
            var end = point + 1
            while end < text.byteCount, text[end] &- 0x30 < 10 { end += 1 }
            return text.number((point + 1)..<end)
        }
        return nil
    }
}

/// The UIDs of `[APPENDUID 38505 3955:3957]` (RFC 4315 section 3), in order.
struct AppendedUIDs {
    private(set) var uids: [UInt32] = []

    /// More messages are not appended by one command in practice.
    private static let limit = 4096

    init?(_ text: RawSpan, from start: Int) {
        let code: StaticString = "[APPENDUID "
        guard start + code.utf8CodeUnitCount < text.byteCount,
            text.matches(start..<(start + code.utf8CodeUnitCount), code)
        else { return nil }
        var index = start + code.utf8CodeUnitCount
        while index < text.byteCount, text[index] != 0x20 { index += 1 }
        index += 1
        while index < text.byteCount, text[index] &- 0x30 < 10, let first = Self.number(text, &index) {
            var last = first
            if index < text.byteCount, text[index] == UInt8(ascii: ":") {
                index += 1
                last = Self.number(text, &index) ?? first
            }
            for uid in min(first, last)...max(first, last) where self.uids.count < Self.limit {
                if let uid = UInt32(exactly: uid) { self.uids.append(uid) }
                if self.uids.count >= Self.limit { return }
            }
            guard index < text.byteCount, text[index] == UInt8(ascii: ",") else { return }
            index += 1
        }
    }

    private static func number(_ text: RawSpan, _ index: inout Int) -> UInt64? {
        let start = index
        while index < text.byteCount, text[index] &- 0x30 < 10 { index += 1 }
        return text.number(start..<index)
    }
}

extension RawSpan {
    /// The inside of a quoted string, backslashes taken away (RFC 9051 section 9).
    func unescaped(_ range: Range<Int>) -> [UInt8] {
        var result: [UInt8] = []
        var index = range.lowerBound
        while index < range.upperBound {
            if self[index] == UInt8(ascii: "\\"), index + 1 < range.upperBound { index += 1 }
            result.append(self[index])
            index += 1
        }
        return result
    }
}
