/// Says quickly of most texts that none of many words stands in them.
///
/// Every fourth octet is looked at, with the two behind it. A word of six octets or more has one such place, wherever it
/// begins; the three octets there, in capitals, are one of its first four groups of three. All groups of all words are in one
/// table.
struct NeedleScan: Sendable {
    /// Shorter words could stand between the places that are looked at.
    static let shortest = 6
    private static let stride = 4

    private let groups: [UInt64]

    /// - Parameter needles: in ASCII capitals, each of ``shortest`` octets or more.
    init(_ needles: [[UInt8]]) {
        var groups = [UInt64](repeating: 0, count: 1 << 10)
        for needle in needles {
            for start in 0..<Self.stride {
                let slot = Self.slot(needle[start], needle[start + 1], needle[start + 2])
                groups[slot >> 6] |= 1 << UInt64(slot & 63)
            }
        }
        self.groups = groups
    }

    /// Whether a word may stand in `octets`, in capitals or not. What is no letter may be taken for another octet: false is
    /// certain, true is not.
    func mayContain(_ octets: UnsafeRawBufferPointer) -> Bool {
        guard octets.count >= Self.shortest else { return false }
        return self.groups.withUnsafeBufferPointer { groups in
            var index = 0
            while index + 4 <= octets.count {
                let four = octets.loadUnaligned(fromByteOffset: index, as: UInt32.self)
                let slot = Self.slot(
                    UInt8(truncatingIfNeeded: four),
                    UInt8(truncatingIfNeeded: four >> 8),
                    UInt8(truncatingIfNeeded: four >> 16)
                )
                if groups[slot >> 6] & (1 << UInt64(slot & 63)) != 0 { return true }
                index += Self.stride
            }
            // The last group may lie right at the end.
            guard index + 3 <= octets.count else { return false }
            let slot = Self.slot(octets[index], octets[index + 1], octets[index + 2])
            return groups[slot >> 6] & (1 << UInt64(slot & 63)) != 0
        }
    }

    /// One of 65,536: bit 5 of each octet is left out, which makes letters the same in capitals or not.
    @inline(__always)
    private static func slot(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> Int {
        let folded = UInt32(first & 0xDF) | UInt32(second & 0xDF) << 8 | UInt32(third & 0xDF) << 16
        return Int((folded &* 0x9E37_79B1) >> 16)
    }
}
