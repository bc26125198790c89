extension ModifiedUTF7 {
    /// The octets that spell `name` on the wire.
    public static func encode(_ name: String) -> [UInt8] {
        var octets: [UInt8] = []
        var run = Run()
        for scalar in name.unicodeScalars {
            guard (0x20...0x7E).contains(scalar.value) else {
                if !run.isOpen { octets.append(UInt8(ascii: "&")) }
                for unit in UTF16.encode(scalar).unsafelyUnwrapped { run.append(unit, to: &octets) }
                continue
            }
            run.close(&octets)
            octets.append(UInt8(truncatingIfNeeded: scalar.value))
            if scalar == "&" { octets.append(UInt8(ascii: "-")) }
        }
        run.close(&octets)
        return octets
    }

    /// One shifted run: UTF-16 units in, base64 out.
    private struct Run {
        var isOpen = false
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0

        mutating func append(_ unit: UInt16, to octets: inout [UInt8]) {
            self.isOpen = true
            self.bits = self.bits << 16 | UInt32(unit)
            self.bitCount += 16
            while self.bitCount >= 6 {
                self.bitCount -= 6
                octets.append(Run.letter(self.bits >> self.bitCount & 63))
            }
            self.bits &= 1 << self.bitCount - 1
        }

        mutating func close(_ octets: inout [UInt8]) {
            guard self.isOpen else { return }
            if self.bitCount > 0 { octets.append(Run.letter(self.bits << (6 - self.bitCount) & 63)) }
            octets.append(UInt8(ascii: "-"))
            self = Run()
        }

        static func letter(_ sextet: UInt32) -> UInt8 {
            let value = UInt8(truncatingIfNeeded: sextet)
            return switch value {
            case 0..<26: value + 0x41
            case 26..<52: value - 26 + 0x61
            case 52..<62: value - 52 + 0x30
            case 62: UInt8(ascii: "+")
            default: UInt8(ascii: ",")
            }
        }
    }
}
