/// Decodes base64 one character at a time and remembers the first problem of each kind.
///
/// Invariant: `held < 4` characters of the open group are in `bits`; `padding` is the offset of the first `=` since
/// the last character of the alphabet.
struct Base64Decoder {
    private(set) var bytes: [UInt8] = []
    private(set) var problems: [Base64Problem] = []
    private var bits: UInt32 = 0
    private var held = 0
    private var padding: Int?
    private var paddingCount = 0

    init(capacity: Int) {
        // Growing would leave copies of what may be a password behind in freed memory.
        self.bytes.reserveCapacity(capacity)
    }

    mutating func take(_ character: UInt8, at offset: Int) {
        if character == UInt8(ascii: "=") {
            self.padding = self.padding ?? offset
            self.paddingCount += 1
            return
        }
        guard let value = Self.value(character) else {
            self.note(.badCharacter(offset: offset))
            return
        }
        if let padding = self.padding {
            self.note(.paddingNotAtEnd(offset: padding))
            self.closeGroup()
        }
        self.bits = self.bits << 6 | UInt32(value)
        self.held += 1
        if self.held == 4 {
            self.append(3, of: self.bits)
            self.held = 0
            self.bits = 0
        }
    }

    mutating func end() {
        self.closeGroup()
    }

    /// Ends the open group, with the padding seen so far.
    private mutating func closeGroup() {
        let needed = self.held == 0 ? 0 : 4 - self.held
        switch self.held {
        case 1:
            self.note(.incompleteGroup)
        case 2, 3:
            let unused = UInt32(self.held == 2 ? 4 : 2)
            if self.bits & (1 << unused - 1) != 0 { self.note(.nonZeroTrailingBits) }
            self.append(self.held - 1, of: self.bits << (6 * UInt32(needed)))
            if self.paddingCount < needed { self.note(.missingPadding) }
        default:
            break
        }
        if self.held != 1, self.paddingCount > needed, let padding = self.padding {
            self.note(.excessPadding(offset: padding + needed))
        }
        self.bits = 0
        self.held = 0
        self.padding = nil
        self.paddingCount = 0
    }

    private mutating func append(_ count: Int, of group: UInt32) {
        for index in 0..<count {
            self.bytes.append(UInt8(truncatingIfNeeded: group >> (16 - 8 * UInt32(index))))
        }
    }

    private mutating func note(_ problem: Base64Problem) {
        let isKnown = self.problems.contains { known in
            switch (known, problem) {
            case (.badCharacter, .badCharacter), (.missingPadding, .missingPadding),
                (.excessPadding, .excessPadding), (.paddingNotAtEnd, .paddingNotAtEnd),
                (.incompleteGroup, .incompleteGroup), (.nonZeroTrailingBits, .nonZeroTrailingBits):
                true
            default:
                false
            }
        }
        if !isKnown { self.problems.append(problem) }
    }

    private static func value(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): character - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): character - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
