import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A quick look at a line for what deserves a slow one. Never wrong when it says no.
public enum OddPairs {
    /// Whether two neighbouring octets are found that no strict server puts outside strings: two spaces, a space before
    /// `)` or after `(`, a minus sign where a number could begin, or an exponent.
    public static func occur(in text: RawSpan) -> Bool {
        let count = text.byteCount
        guard count > 1 else { return false }
        return unsafe text.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return false }
            let space = SIMD16<UInt8>(repeating: 0x20)
            let open = SIMD16<UInt8>(repeating: UInt8(ascii: "("))
            let close = SIMD16<UInt8>(repeating: UInt8(ascii: ")"))
            let minus = SIMD16<UInt8>(repeating: UInt8(ascii: "-"))
            let plus = SIMD16<UInt8>(repeating: UInt8(ascii: "+"))
            let exponent = SIMD16<UInt8>(repeating: UInt8(ascii: "e"))
            var index = 0
            while index + 17 <= count {
                let first = unsafe base.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
                let second = unsafe base.loadUnaligned(fromByteOffset: index + 1, as: SIMD16<UInt8>.self)
                // One operator a line: the type checker takes long over more.
                var afterSpace: SIMDMask<SIMD16<Int8>> = second .== space
                afterSpace .|= second .== close
                afterSpace .|= second .== minus
                var afterOpen: SIMDMask<SIMD16<Int8>> = second .== space
                afterOpen .|= second .== minus
                var odd: SIMDMask<SIMD16<Int8>> = first .== space
                odd .&= afterSpace
                let isOpen: SIMDMask<SIMD16<Int8>> = first .== open
                odd .|= isOpen .& afterOpen
                let isExponent: SIMDMask<SIMD16<Int8>> = first .== exponent
                odd .|= isExponent .& (second .== plus)
                if any(odd) { return true }
                index += 16
            }
            while index + 1 < count {
                let first = unsafe base.load(fromByteOffset: index, as: UInt8.self)
                let second = unsafe base.load(fromByteOffset: index + 1, as: UInt8.self)
                switch (first, second) {
                case (0x20, 0x20), (0x20, UInt8(ascii: ")")), (0x20, UInt8(ascii: "-")), (UInt8(ascii: "("), 0x20),
                    (UInt8(ascii: "("), UInt8(ascii: "-")), (UInt8(ascii: "e"), UInt8(ascii: "+")):
                    return true
                default: index += 1
                }
            }
            return false
        }
    }

    /// Whether `octets` hold a NUL.
    public static func holdsNUL(_ octets: RawSpan) -> Bool {
        let count = octets.byteCount
        return unsafe octets.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress, count > 0 else { return false }
            return unsafe memchr(base, 0, count) != nil
        }
    }
}
