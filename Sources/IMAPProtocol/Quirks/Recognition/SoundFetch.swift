import Traffic

/// Whether a FETCH response is as the grammar wants it (RFC 9051 section 9, msg-att), to the octet: no reader need look
/// for quirks in such a line.
///
/// Most lines of a dump are sound, and a walk that builds no tokens is several times as fast as one that does. It knows
/// the items that make up long lists; what it does not know (sections, literals, items of extensions) is not sound here
/// and goes to ``FetchReader``, which is the one that judges.
struct SoundFetch {
    let octets: UnsafePointer<UInt8>
    let count: Int
    /// Where the walk is.
    var index: Int
    /// How deep parts may nest before the walk gives up.
    static let maximumDepth = 32

    /// - Parameters:
    ///   - start: offset of the list of items.
    ///   - end: offset of the line end.
    static func accepts(_ text: RawSpan, from start: Int, to end: Int) -> Bool {
        guard start < end else { return false }
        return text.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return false }
            var walk = SoundFetch(octets: base.assumingMemoryBound(to: UInt8.self), count: end, index: start)
            return walk.items() && walk.index == end
        }
    }

    private mutating func items() -> Bool {
        guard self.take(UInt8(ascii: "(")) else { return false }
        repeat {
            guard self.item() else { return false }
        } while self.take(0x20)
        return self.take(UInt8(ascii: ")"))
    }

    private mutating func item() -> Bool {
        let start = self.index
        while self.index < self.count, self.octets[self.index] &- 0x2E < 0x2D { self.index += 1 }
        let length = self.index - start
        guard self.take(0x20) else { return false }
        switch length {
        case 3 where self.reads("UID", at: start): return self.number()
        case 4 where self.reads("BODY", at: start): return self.body(depth: 0)
        case 5 where self.reads("FLAGS", at: start): return self.flags()
        case 6 where self.reads("MODSEQ", at: start):
            return self.take(UInt8(ascii: "(")) && self.number() && self.take(UInt8(ascii: ")"))
        case 8 where self.reads("ENVELOPE", at: start): return self.envelope()
        case 11 where self.reads("RFC822.SIZE", at: start): return self.number()
        case 12 where self.reads("INTERNALDATE", at: start): return self.date()
        case 13 where self.reads("BODYSTRUCTURE", at: start): return self.body(depth: 0)
        default: return false
        }
    }

    private mutating func flags() -> Bool {
        guard self.take(UInt8(ascii: "(")) else { return false }
        if self.take(UInt8(ascii: ")")) { return true }
        repeat {
            _ = self.take(UInt8(ascii: "\\"))
            let start = self.index
            // Letters, digits and what keywords hold: `$`, `-`, `.`, `/`, `_`.
            while self.index < self.count, Self.isKeywordOctet(self.octets[self.index]) { self.index += 1 }
            if self.index == start { return false }
        } while self.take(0x20)
        return self.take(UInt8(ascii: ")"))
    }

    private static func isKeywordOctet(_ octet: UInt8) -> Bool {
        (octet | 0x20) &- 0x61 < 26 || octet &- 0x2D < 13 || octet == UInt8(ascii: "$") || octet == UInt8(ascii: "_")
    }

    /// `"dd-Mon-yyyy hh:mm:ss +zzzz"`: what ``FetchReader`` asks of it.
    private mutating func date() -> Bool {
        let start = self.index + 1
        guard self.quoted(), self.index - start == 27 else { return false }
        return self.octets[start + 2] == UInt8(ascii: "-") && self.octets[start + 6] == UInt8(ascii: "-")
            && self.octets[start + 11] == 0x20 && self.octets[start + 14] == UInt8(ascii: ":")
            && self.octets[start + 17] == UInt8(ascii: ":") && self.octets[start + 20] == 0x20
    }

    // MARK: - Pieces

    @inline(__always)
    mutating func take(_ octet: UInt8) -> Bool {
        guard self.index < self.count, self.octets[self.index] == octet else { return false }
        self.index += 1
        return true
    }

    @inline(__always)
    mutating func number() -> Bool {
        let start = self.index
        while self.index < self.count, self.octets[self.index] &- 0x30 < 10 { self.index += 1 }
        return self.index > start
    }

    /// A quoted string of one line; its only escapes are those of the grammar.
    mutating func quoted() -> Bool {
        guard self.take(UInt8(ascii: "\"")) else { return false }
        self.skipPlain()
        while self.index < self.count {
            let octet = self.octets[self.index]
            self.index += 1
            if octet == UInt8(ascii: "\"") { return true }
            if octet == UInt8(ascii: "\\") {
                guard self.index < self.count, self.octets[self.index] == octet || self.octets[self.index] == 0x22
                else { return false }
                self.index += 1
                self.skipPlain()
            } else if octet == 0x0A {
                return false
            }
        }
        return false
    }

    /// Moves on to the next quotation mark, backslash or LF, eight octets at a time; stops early where fewer are left.
    @inline(__always)
    private mutating func skipPlain() {
        while self.index + 8 <= self.count {
            let word = UInt64(
                littleEndian: UnsafeRawPointer(self.octets + self.index).loadUnaligned(as: UInt64.self)
            )
            let found =
                Self.zeros(word ^ 0x2222_2222_2222_2222) | Self.zeros(word ^ 0x5C5C_5C5C_5C5C_5C5C)
                | Self.zeros(word ^ 0x0A0A_0A0A_0A0A_0A0A)
            guard found == 0 else {
                self.index += found.trailingZeroBitCount &>> 3
                return
            }
            self.index += 8
        }
    }

    /// The highest bit of the lowest octet that is zero is set; what stands above it says nothing.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 {
        (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
    }

    @inline(__always)
    mutating func takeNIL() -> Bool {
        guard self.index + 3 <= self.count, self.octets[self.index] == UInt8(ascii: "N"),
            self.octets[self.index + 1] == UInt8(ascii: "I"), self.octets[self.index + 2] == UInt8(ascii: "L")
        else { return false }
        self.index += 3
        return true
    }

    @inline(__always)
    mutating func nstring() -> Bool {
        self.takeNIL() || self.quoted()
    }

    /// Whether `word`, in capitals, stands at `start`. Its length is known to fit.
    func reads(_ word: StaticString, at start: Int) -> Bool {
        for offset in 0..<word.utf8CodeUnitCount
        where self.octets[start + offset] != word.utf8Start[offset] { return false }
        return true
    }
}
