/// The characters of a charset of two octets a character, row by row, as Unicode has them (unicode.org, Public/MAPPINGS).
/// U+FFFD stands for what is undefined or for private use.
struct DoubleByteTable: Sendable {
    private let cells: [UInt16]

    /// Made when mail in it comes for the first time: the characters are kept in UTF-8.
    init(_ characters: StaticString) {
        self.cells = characters.description.unicodeScalars.map { UInt16(truncatingIfNeeded: $0.value) }
    }

    /// How many cells there are, up to the last that is defined.
    var count: Int { self.cells.count }

    /// Nil for a cell that is undefined.
    func character(_ index: Int) -> Unicode.Scalar? {
        guard self.cells.indices.contains(index), self.cells[index] != 0xFFFD else { return nil }
        return Unicode.Scalar(self.cells[index])
    }
}
