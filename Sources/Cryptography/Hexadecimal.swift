/// Octets written as hexadecimal digits.
public enum Hexadecimal {
    /// Why a text is not hexadecimal.
    public enum Problem: Error, Sendable, Hashable {
        case oddLength
        /// The offset of the first octet that is no digit; not the octet, which may be part of a secret.
        case badDigit(offset: Int)
    }

    /// Lower-case digits in ASCII.
    public static func encode(_ bytes: [UInt8]) -> [UInt8] {
        var digits: [UInt8] = []
        digits.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            digits.append(self.digit(byte >> 4))
            digits.append(self.digit(byte & 0x0f))
        }
        return digits
    }

    /// Lower-case digits as text.
    public static func string(_ bytes: [UInt8]) -> String {
        String(decoding: self.encode(bytes), as: UTF8.self)
    }

    /// Takes digits of either case.
    public static func decode(_ digits: some Collection<UInt8>) throws(Problem) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var high: UInt8?
        for (offset, character) in digits.enumerated() {
            guard let value = self.value(character) else { throw .badDigit(offset: offset) }
            if let upper = high {
                bytes.append(upper << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        guard high == nil else { throw .oddLength }
        return bytes
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func value(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
