import IMAPProtocol
import Traffic

/// Looks through a whole chunk for a word, so that one without it can be passed on before it is read.
enum ChunkScan {
    /// Whether `word`, in capitals, stands anywhere in `chunk`, in capitals or not.
    static func contains(_ word: [UInt8], in chunk: RawSpan) -> Bool {
        let length = word.count
        guard chunk.byteCount >= length, length >= 3 else { return false }
        let last = chunk.byteCount - length
        return chunk.withUnsafeBytes { bytes in
            word.withUnsafeBufferPointer { word in
                // Three octets in a row are rare enough to look closer only there. A vector's `min()` compiles to a loop
                // over its lanes, which is 500 times slower than a comparison read as two words.
                let first = SIMD16<UInt8>(repeating: word[0] | 0x20)
                let second = SIMD16<UInt8>(repeating: word[1] | 0x20)
                let third = SIMD16<UInt8>(repeating: word[2] | 0x20)
                let fold = SIMD16<UInt8>(repeating: 0x20)
                let zeros = SIMD16<UInt8>(repeating: 0)
                var index = 0
                while index + 18 <= bytes.count {
                    let zero = bytes.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self) | fold
                    let one = bytes.loadUnaligned(fromByteOffset: index + 1, as: SIMD16<UInt8>.self) | fold
                    let two = bytes.loadUnaligned(fromByteOffset: index + 2, as: SIMD16<UInt8>.self) | fold
                    let hits = ((zero ^ first) | (one ^ second) | (two ^ third)) .== zeros
                    let words = unsafeBitCast(hits, to: SIMD2<UInt64>.self)
                    if words[0] | words[1] != 0 {
                        for start in index..<min(index + 16, last + 1) where self.matches(bytes, start, word) {
                            return true
                        }
                    }
                    index += 16
                }
                while index <= last {
                    if self.matches(bytes, index, word) { return true }
                    index += 1
                }
                return false
            }
        }
    }

    private static func matches(
        _ bytes: UnsafeRawBufferPointer,
        _ start: Int,
        _ word: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        for offset in 0..<word.count {
            var octet = bytes[start + offset]
            if octet &- 0x61 < 26 { octet &-= 0x20 }
            if octet != word[offset] { return false }
        }
        return true
    }

    /// Where the last, unfinished line of `chunk` begins; its end when it ends in a line end, nil when it has none.
    static func lastLine(of chunk: RawSpan) -> Int? {
        var index = chunk.byteCount
        while index > 0 {
            if chunk[index - 1] == 0x0A { return index }
            index -= 1
        }
        return nil
    }
}
