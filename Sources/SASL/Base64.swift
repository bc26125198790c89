/// Base64 of RFC 4648 section 4, as SASL uses it (RFC 9051 section 9, `base64`): no line breaks, padding required.
public enum Base64 {
    /// What a tolerant decoder could make of a text.
    public struct Decoded: Sendable {
        public var bytes: [UInt8]
        /// One of each kind at most, in the order of discovery; empty for well-formed text.
        public var problems: [Base64Problem]
    }

    public static func encode(_ bytes: RawSpan) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.byteCount + 2) / 3 * 4)
        bytes.withUnsafeBytes { bytes in
            var offset = 0
            while offset < bytes.count {
                let count = min(3, bytes.count - offset)
                var group: UInt32 = 0
                for index in 0..<3 { group = group << 8 | (index < count ? UInt32(bytes[offset + index]) : 0) }
                for index in 0..<4 {
                    let value = UInt8(truncatingIfNeeded: group >> (18 - 6 * UInt32(index))) & 0x3f
                    text.append(index <= count ? Self.character(value) : UInt8(ascii: "="))
                }
                offset += count
            }
        }
        return text
    }

    public static func encode(_ bytes: [UInt8]) -> [UInt8] {
        self.encode(bytes.span.bytes)
    }

    /// Takes well-formed text only.
    public static func decode(_ text: RawSpan) throws(Base64Problem) -> [UInt8] {
        let decoded = self.decodeTolerantly(text)
        if let problem = decoded.problems.first { throw problem }
        return decoded.bytes
    }

    public static func decode(_ text: [UInt8]) throws(Base64Problem) -> [UInt8] {
        try self.decode(text.span.bytes)
    }

    /// Takes any text: foreign characters are skipped, padding may be missing or stand between groups.
    public static func decodeTolerantly(_ text: RawSpan) -> Decoded {
        var decoder = Base64Decoder(capacity: text.byteCount / 4 * 3 + 3)
        text.withUnsafeBytes { text in
            for offset in 0..<text.count { decoder.take(text[offset], at: offset) }
        }
        decoder.end()
        return Decoded(bytes: decoder.bytes, problems: decoder.problems)
    }

    public static func decodeTolerantly(_ text: [UInt8]) -> Decoded {
        self.decodeTolerantly(text.span.bytes)
    }

    private static func character(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }
}
