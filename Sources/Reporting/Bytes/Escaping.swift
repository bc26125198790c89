/// How octets from the wire are made harmless.
enum EscapeRule {
    /// For a terminal: controls and invalid octets become visible, backslashes stay as they are.
    case terminal
    /// For a JSON string from which the octets can be had back: backslashes are doubled, other octets are `\xNN`, and
    /// that text is then escaped as JSON asks.
    case jsonText
    /// For a JSON string that a person reads: like ``jsonText``, but backslashes are not doubled.
    case jsonProse

    var isJSON: Bool { self != .terminal }
}

extension ByteWriter {
    /// Appends `octets` escaped by `rule`.
    mutating func append(_ octets: RawSpan, escaped rule: EscapeRule) {
        octets.withUnsafeBytes { source in
            source.withMemoryRebound(to: UInt8.self) { self.append($0, escaped: rule) }
        }
    }

    /// Appends `text` escaped by `rule`.
    mutating func append(_ text: String, escaped rule: EscapeRule) {
        var text = text
        text.withUTF8 { self.append($0, escaped: rule) }
    }

    private mutating func append(_ source: UnsafeBufferPointer<UInt8>, escaped rule: EscapeRule) {
        guard let base = source.baseAddress else { return }
        var position = 0
        while position < source.count {
            let stop = min(position + 4096, source.count)
            // An octet becomes at most seven (`\\u{...}` counts three octets for nine); a store of eight may run over.
            self.withRoom((stop - position + 4) * 7 + 16) { target in
                switch rule {
                case .terminal:
                    Escaper.run(base, source.count, &position, stop, target, json: false, doubling: false)
                case .jsonText:
                    Escaper.run(base, source.count, &position, stop, target, json: true, doubling: true)
                case .jsonProse:
                    Escaper.run(base, source.count, &position, stop, target, json: true, doubling: false)
                }
            }
        }
    }
}

/// The loop behind ``ByteWriter/append(_:escaped:)``.
private enum Escaper {
    /// Escapes octets from `position` until it is `stop` or, by a multi-octet character, a little more.
    ///
    /// - Returns: how many octets were written to `target`.
    @inline(__always)
    static func run(
        _ source: UnsafePointer<UInt8>,
        _ count: Int,
        _ position: inout Int,
        _ stop: Int,
        _ target: UnsafeMutablePointer<UInt8>,
        json: Bool,
        doubling: Bool
    ) -> Int {
        var index = position
        var out = target
        while index < stop {
            // Eight octets at a time: store them all, keep those before the first that needs care.
            while index + 8 <= stop {
                let word = UnsafeRawPointer(source + index).loadUnaligned(as: UInt64.self)
                UnsafeMutableRawPointer(out).storeBytes(of: word, as: UInt64.self)
                let plain = self.plainPrefix(UInt64(littleEndian: word), json: json)
                index += plain
                out += plain
                if plain < 8 { break }
            }
            guard index < stop else { break }
            let octet = source[index]
            if octet &- 0x20 < 0x5F {
                if json, octet == UInt8(ascii: "\"") {
                    self.put(#"\""#, &out)
                } else if json, octet == UInt8(ascii: "\\") {
                    if doubling { self.put(#"\\\\"#, &out) } else { self.put(#"\\"#, &out) }
                } else if json, octet == UInt8(ascii: "/"), index > 0, source[index - 1] == UInt8(ascii: "<") {
                    self.put(#"\/"#, &out)
                } else {
                    out.pointee = octet
                    out += 1
                }
                index += 1
            } else {
                index += self.escape(source + index, count - index, &out, json: json)
            }
        }
        position = index
        return out - target
    }

    /// How many octets at the beginning of `word` can be copied as they are.
    ///
    /// Each test sets the top bit of the octets that it is about; a borrow may set it above such an octet too, never
    /// below, so the lowest bit is right. Integers, because comparing SIMD vectors compiles to a loop over their lanes.
    @inline(__always)
    private static func plainPrefix(_ word: UInt64, json: Bool) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var special = word | ((word &- (ones &* 0x20)) & ~word) | self.zeros(word ^ (ones &* 0x7F))
        if json {
            special |= self.zeros(word ^ (ones &* 0x22))
            special |= self.zeros(word ^ (ones &* 0x5C))
            special |= self.zeros(word ^ (ones &* 0x2F))
        }
        // 64 zero bits stand for eight plain octets.
        return (special & 0x8080_8080_8080_8080).trailingZeroBitCount >> 3
    }

    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- 0x0101_0101_0101_0101) & ~word }

    /// Writes the control character, multi-octet character or stray octet at `source`; returns how many octets it had.
    @inline(never)
    private static func escape(
        _ source: UnsafePointer<UInt8>,
        _ count: Int,
        _ out: inout UnsafeMutablePointer<UInt8>,
        json: Bool
    ) -> Int {
        guard let (scalar, length) = self.scalar(source, count) else {
            self.putHex(source[0], &out, json: json)
            return 1
        }
        if scalar < 0xA0 {
            if !json, length == 2 {
                self.put(#"\u{"#, &out)
                self.putDigits(scalar, 2, &out)
                self.put("}", &out)
            } else {
                for index in 0..<length { self.putHex(source[index], &out, json: json) }
            }
        } else if self.isInvisible(scalar) {
            self.putInvisible(scalar, &out, json: json)
        } else {
            for index in 0..<length { out[index] = source[index] }
            out += length
        }
        return length
    }

    private static func putInvisible(_ scalar: UInt32, _ out: inout UnsafeMutablePointer<UInt8>, json: Bool) {
        let digits = (32 - scalar.leadingZeroBitCount + 3) / 4
        if !json {
            self.put(#"\u{"#, &out)
            self.putDigits(scalar, digits, &out)
            self.put("}", &out)
        } else if scalar < 0x10000 {
            self.put(#"\u"#, &out)
            self.putDigits(scalar, 4, &out)
        } else {
            self.put(#"\u"#, &out)
            self.putDigits(0xD800 + (scalar - 0x10000) >> 10, 4, &out)
            self.put(#"\u"#, &out)
            self.putDigits(0xDC00 + (scalar - 0x10000) & 0x3FF, 4, &out)
        }
    }

    /// The character at `source` by RFC 3629 (no overlong forms, no surrogates); nil when there is none.
    private static func scalar(_ source: UnsafePointer<UInt8>, _ count: Int) -> (value: UInt32, length: Int)? {
        let first = source[0]
        let length: Int
        switch first {
        case 0x00...0x7F: return (UInt32(first), 1)
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return nil
        }
        guard length <= count else { return nil }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for index in 1..<length {
            guard source[index] & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(source[index] & 0x3F)
        }
        switch length {
        case 3: if value < 0x800 || value &- 0xD800 < 0x800 { return nil }
        case 4: if value < 0x10000 || value > 0x10FFFF { return nil }
        default: break
        }
        return (value, length)
    }

    /// Characters that change how others are shown (bidirectional controls), end lines, or hide: none may pass.
    private static func isInvisible(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
        case 0xE0000...0xE007F: true
        default: false
        }
    }

    /// `\xNN`, whose backslash a JSON string doubles once more.
    private static func putHex(_ octet: UInt8, _ out: inout UnsafeMutablePointer<UInt8>, json: Bool) {
        if json { self.put(#"\\x"#, &out) } else { self.put(#"\x"#, &out) }
        self.putDigits(UInt32(octet), 2, &out)
    }

    private static func putDigits(_ value: UInt32, _ digits: Int, _ out: inout UnsafeMutablePointer<UInt8>) {
        for index in 0..<digits {
            let nibble = UInt8(truncatingIfNeeded: value >> UInt32(4 * (digits - 1 - index))) & 0xF
            out[index] = nibble < 10 ? nibble + 0x30 : nibble + 0x37
        }
        out += digits
    }

    @inline(__always)
    private static func put(_ text: StaticString, _ out: inout UnsafeMutablePointer<UInt8>) {
        out.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        out += text.utf8CodeUnitCount
    }
}
