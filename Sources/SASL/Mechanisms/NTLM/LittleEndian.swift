/// Numbers of a binary message, low octet first. A reading beyond the end gives nil.
struct LittleEndian {
    let octets: [UInt8]

    func number16(_ offset: Int) -> Int? {
        guard offset >= 0, offset + 2 <= self.octets.count else { return nil }
        return Int(self.octets[offset]) | Int(self.octets[offset + 1]) << 8
    }

    func number32(_ offset: Int) -> UInt32? {
        guard let low = self.number16(offset), let high = self.number16(offset + 2) else { return nil }
        return UInt32(low) | UInt32(high) << 16
    }

    func number64(_ offset: Int) -> UInt64? {
        guard let low = self.number32(offset), let high = self.number32(offset + 4) else { return nil }
        return UInt64(low) | UInt64(high) << 32
    }
}

/// UTF-16, low octet first, as Windows writes text.
enum UTF16Text {
    /// Nil for an odd count and for surrogates that do not pair.
    static func string(_ octets: some Collection<UInt8>) -> String? {
        guard octets.count % 2 == 0 else { return nil }
        let bytes = Array(octets)
        let units = stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
        return String(validating: units, as: UTF16.self)
    }

    static func octets(_ text: String) -> [UInt8] {
        text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }
}
