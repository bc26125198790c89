/// The sentence being written: a buffer that is used again for the next one.
///
/// Only `StaticString` and numbers enter directly. Octets from the wire enter through ``WireText`` alone, so that
/// nothing hostile can reach a terminal by way of a note.
struct Prose: Sendable {
    /// A sentence longer than this is cut; hostile input decides nothing about the length of a note.
    static let limit = 480

    private var octets: [UInt8] = []
    private var overflowed = false

    init() {
        self.octets.reserveCapacity(Prose.limit + 64)
    }

    var count: Int { self.octets.count }
    var isEmpty: Bool { self.octets.isEmpty }

    /// Nothing more is taken; a loop over input should end.
    var isFull: Bool { self.overflowed }

    mutating func reset() {
        self.octets.removeAll(keepingCapacity: true)
        self.overflowed = false
    }

    /// What was written, or nil when nothing was.
    mutating func finish() -> String? {
        if self.octets.isEmpty { return nil }
        if self.overflowed { self.octets.append(contentsOf: "…".utf8) }
        return String(decoding: self.octets, as: UTF8.self)
    }

    /// Ends the sentence here with an ellipsis.
    mutating func stop() {
        self.overflowed = true
    }

    private mutating func hasRoom() -> Bool {
        if self.overflowed { return false }
        if self.octets.count < Prose.limit { return true }
        self.overflowed = true
        return false
    }

    mutating func add(_ words: StaticString) {
        guard self.hasRoom() else { return }
        words.withUTF8Buffer { self.octets.append(contentsOf: $0) }
    }

    /// Words of the registry, which are ours.
    mutating func add(_ row: RegistryRow) {
        guard self.hasRoom() else { return }
        self.octets.append(contentsOf: row.sentence.utf8)
    }

    /// A scalar that ``WireText`` found harmless.
    mutating func append(_ scalar: Unicode.Scalar) {
        guard self.hasRoom() else { return }
        if scalar.isASCII {
            self.octets.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            self.octets.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
        }
    }

    /// Octets that ``WireText`` found to be printable ASCII.
    mutating func append(_ text: RawSpan, printable range: Range<Int>) {
        guard self.hasRoom() else { return }
        text.extracting(range).withUnsafeBytes { self.octets.append(contentsOf: $0) }
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
        guard self.hasRoom() else { return }
        let start = self.octets.count
        var rest = value
        var written = 0
        repeat {
            if commas, written > 0, written % 3 == 0 { self.octets.append(UInt8(ascii: ",")) }
            self.octets.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
            written += 1
        } while rest > 0
        self.octets[start...].reverse()
    }

    /// `1 octet`, `310 octets`.
    mutating func counted(_ value: UInt64, _ one: StaticString, _ many: StaticString) {
        self.quantity(value)
        self.add(" ")
        self.add(value == 1 ? one : many)
    }

    /// Puts an ASCII character before what was written since `mark`.
    mutating func insert(_ character: Unicode.Scalar, at mark: Int) {
        guard mark <= self.octets.count, character.isASCII else { return }
        self.octets.insert(UInt8(truncatingIfNeeded: character.value), at: mark)
    }

    /// Takes back what was written since `mark`.
    mutating func rewind(to mark: Int) {
        guard mark <= self.octets.count else { return }
        self.octets.removeSubrange(mark...)
    }
}
