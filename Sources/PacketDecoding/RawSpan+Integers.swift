import Traffic

/// Integers of packet headers. Whoever reads has compared lengths; reading past the end traps.
extension RawSpan {
    func big16(_ offset: Int) -> UInt16 {
        UInt16(self[offset]) << 8 | UInt16(self[offset + 1])
    }

    func big32(_ offset: Int) -> UInt32 {
        UInt32(self.big16(offset)) << 16 | UInt32(self.big16(offset + 2))
    }

    func big64(_ offset: Int) -> UInt64 {
        UInt64(self.big32(offset)) << 32 | UInt64(self.big32(offset + 4))
    }

    func little16(_ offset: Int) -> UInt16 { self.big16(offset).byteSwapped }

    func little32(_ offset: Int) -> UInt32 { self.big32(offset).byteSwapped }
}
