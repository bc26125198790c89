/// Finds a row by kind and octets. A lookup allocates nothing: the notes ask for one at nearly every word.
struct RegistryIndex: Sendable {
    /// Open addressing: the number of a row, or -1. At least half of the places are free, so that searches end soon.
    private let places: [Int32]
    private let mask: Int
    private let rows: [RegistryRow]

    init(_ rows: [RegistryRow]) {
        var size = 16
        while size < rows.count * 2 { size *= 2 }
        var places = [Int32](repeating: -1, count: size)
        for (number, row) in rows.enumerated() {
            let name = row.folded
            var place = Self.hash(row.kind, name.span.bytes, 0..<name.count) & (size - 1)
            while places[place] >= 0 { place = (place + 1) & (size - 1) }
            places[place] = Int32(number)
        }
        self.places = places
        self.mask = size - 1
        self.rows = rows
    }

    func row(_ kind: RegistryRow.Kind, _ text: RawSpan, _ range: Range<Int>) -> RegistryRow? {
        var place = Self.hash(kind, text, range) & self.mask
        while true {
            let number = Int(self.places[place])
            guard number >= 0 else { return nil }
            let row = self.rows[number]
            if row.kind == kind, row.folded.count == range.count, Self.matches(row.folded, text, range) { return row }
            place = (place + 1) & self.mask
        }
    }

    /// FNV-1a over the octets in capitals, begun with the kind.
    private static func hash(_ kind: RegistryRow.Kind, _ text: RawSpan, _ range: Range<Int>) -> Int {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(kind.rawValue)
        for index in range {
            let octet = text.unsafeLoad(fromByteOffset: index, as: UInt8.self).asciiCapital
            value = (value ^ UInt64(octet)) &* 0x0000_0100_0000_01B3
        }
        return Int(truncatingIfNeeded: value ^ (value >> 32))
    }

    private static func matches(_ folded: [UInt8], _ text: RawSpan, _ range: Range<Int>) -> Bool {
        for position in 0..<folded.count
        where text.unsafeLoad(fromByteOffset: range.lowerBound + position, as: UInt8.self).asciiCapital
            != folded[position]
        {
            return false
        }
        return true
    }
}
