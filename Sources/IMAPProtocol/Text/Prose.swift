/// The sentence being written: a buffer that is used again for the next one.
///
/// Only `StaticString` and numbers enter directly. Octets from the wire enter through ``WireText`` alone, so that
/// nothing hostile can reach a terminal by way of a note.
///
/// Invariant: `count <= storage.count`; what lies behind `count` is scratch.
struct Prose: Sendable {
    /// A sentence longer than this is cut; hostile input decides nothing about the length of a note.
    static let limit = 480
    /// Room for what the last piece may write beyond the limit: no piece is longer, see ``Annotator/shownCharacters``.
    private static let slack = 1024

    private var storage = [UInt8](repeating: 0, count: Prose.limit + Prose.slack)
    private(set) var count = 0
    private var overflowed = false

    var isEmpty: Bool { self.count == 0 }

    /// Nothing more is taken; a loop over input should end.
    var isFull: Bool { self.overflowed }

    mutating func reset() {
        self.count = 0
        self.overflowed = false
    }

    /// Writes the ellipsis of a sentence that was cut; false when there is no sentence.
    mutating func close() -> Bool {
        if self.count == 0 { return false }
        if self.overflowed {
            self.overflowed = false
            self.store("…")
        }
        return true
    }

    /// Calls `body` with the octets of the sentence, which are UTF-8.
    func withOctets<Result>(_ body: (RawSpan) -> Result) -> Result {
        body(self.storage.span.bytes.extracting(0..<self.count))
    }

    /// Ends the sentence here with an ellipsis.
    mutating func stop() {
        self.overflowed = true
    }

    @inline(__always)
    private mutating func hasRoom() -> Bool {
        if self.overflowed { return false }
        if self.count < Prose.limit { return true }
        self.overflowed = true
        return false
    }

    /// Copies octets; what does not fit the slack is left out.
    @inline(__always)
    private mutating func store(_ source: UnsafePointer<UInt8>, _ length: Int) {
        let start = self.count
        let kept = min(length, self.storage.count - start)
        self.storage.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return }
            // Nearly every piece is a word or two: a call to copy them would cost more than the copy.
            if kept <= 16 {
                for index in 0..<kept { base[start &+ index] = source[index] }
            } else {
                (base + start).update(from: source, count: kept)
            }
        }
        self.count = start + kept
    }

    @inline(__always)
    private mutating func store(_ words: StaticString) {
        self.store(words.utf8Start, words.utf8CodeUnitCount)
    }

    @inline(__always)
    mutating func add(_ words: StaticString) {
        guard self.hasRoom() else { return }
        self.store(words)
    }

    /// Words of the registry, which are ours.
    mutating func add(_ row: RegistryRow) {
        self.add(ours: row.sentence)
    }

    /// Words that no wire had a part in.
    mutating func add(ours words: String) {
        guard self.hasRoom() else { return }
        var words = words
        words.withUTF8 { octets in
            if let base = octets.baseAddress { self.store(base, octets.count) }
        }
    }

    /// A scalar that ``WireText`` found harmless.
    mutating func append(_ scalar: Unicode.Scalar) {
        guard self.hasRoom(), self.storage.count - self.count >= 4 else { return }
        if scalar.isASCII {
            self.storage[self.count] = UInt8(truncatingIfNeeded: scalar.value)
            self.count += 1
        } else {
            for octet in UTF8.encode(scalar).unsafelyUnwrapped {
                self.storage[self.count] = octet
                self.count += 1
            }
        }
    }

    /// Octets that ``WireText`` found to be printable ASCII.
    @inline(__always)
    mutating func append(_ text: RawSpan, printable range: Range<Int>) {
        guard self.hasRoom() else { return }
        text.extracting(range).withUnsafeBytes { octets in
            octets.withMemoryRebound(to: UInt8.self) { octets in
                if let base = octets.baseAddress { self.store(base, octets.count) }
            }
        }
    }

    /// A quantity, with a comma at each thousand.
    mutating func quantity(_ value: UInt64) {
        self.digits(value, commas: true)
    }

    /// A number that is a name (UID, UIDVALIDITY, mod-sequence), without commas.
    mutating func identifier(_ value: UInt64) {
        self.digits(value, commas: false)
    }

    private mutating func digits(_ value: UInt64, commas: Bool) {
        guard self.hasRoom(), self.storage.count - self.count >= 32 else { return }
        var length = 1
        var rest = value / 10
        while rest > 0 {
            length += 1
            rest /= 10
        }
        if commas { length += (length - 1) / 3 }
        let end = self.count + length
        self.storage.withUnsafeMutableBufferPointer { buffer in
            var index = end
            var rest = value
            var written = 0
            repeat {
                index -= 1
                if commas, written == 3 {
                    written = 0
                    buffer[index] = UInt8(ascii: ",")
                    index -= 1
                }
                let next = rest / 10
                buffer[index] = UInt8(truncatingIfNeeded: rest &- next &* 10) &+ 0x30
                rest = next
                written += 1
            } while rest > 0
        }
        self.count = end
    }

    /// `1 octet`, `310 octets`.
    mutating func counted(_ value: UInt64, _ one: StaticString, _ many: StaticString) {
        self.quantity(value)
        self.add(" ")
        self.add(value == 1 ? one : many)
    }

    /// `1 octet`, `310 octets`, `1.2 kB`, `340 kB`, `3.1 MB`: for sizes whose last digit nobody asks for.
    mutating func size(_ octets: UInt64) {
        // The limits stand where rounding would show 1,000 of a unit.
        switch octets {
        case ..<1000: self.counted(octets, "octet", "octets")
        case ..<999_500: self.scaled(octets, 1000, " kB")
        case ..<999_500_000: self.scaled(octets, 1_000_000, " MB")
        default: self.scaled(octets, 1_000_000_000, " GB")
        }
    }

    /// One decimal below ten units, none above.
    private mutating func scaled(_ amount: UInt64, _ unit: UInt64, _ name: StaticString) {
        let tenths = amount / (unit / 10) + (amount % (unit / 10) >= unit / 20 ? 1 : 0)
        if tenths < 100 {
            self.quantity(tenths / 10)
            if tenths % 10 != 0 {
                self.add(".")
                self.quantity(tenths % 10)
            }
        } else {
            self.quantity(amount / unit + (amount % unit >= unit / 2 ? 1 : 0))
        }
        self.add(name)
    }

    /// Puts an ASCII character before what was written since `mark`.
    mutating func insert(_ character: Unicode.Scalar, at mark: Int) {
        guard mark <= self.count, character.isASCII, self.count < self.storage.count else { return }
        var index = self.count
        while index > mark {
            self.storage[index] = self.storage[index - 1]
            index -= 1
        }
        self.storage[mark] = UInt8(truncatingIfNeeded: character.value)
        self.count += 1
    }

    /// Takes back what was written since `mark`.
    mutating func rewind(to mark: Int) {
        self.count = min(self.count, mark)
    }
}
