/// Twelve octets that no two records under one key share.
struct Nonce {
    private var octets: (UInt64, UInt64) = (0, 0)

    static let byteCount = 12

    init(_ beginning: [UInt8]) {
        for index in 0..<min(beginning.count, Self.byteCount) { self[index] = beginning[index] }
    }

    subscript(index: Int) -> UInt8 {
        get { withUnsafeBytes(of: self.octets) { $0[index] } }
        set { withUnsafeMutableBytes(of: &self.octets) { $0[index] = newValue } }
    }

    /// Works the number of the record in, padded on the left (RFC 8446 section 5.3, RFC 7905 section 2).
    mutating func combine(_ sequence: UInt64) {
        withUnsafeMutableBytes(of: &self.octets) { octets in
            for index in 0..<8 { octets[4 + index] ^= UInt8(truncatingIfNeeded: sequence >> UInt64(56 - 8 * index)) }
        }
    }

    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(of: self.octets) { body(UnsafeRawBufferPointer(rebasing: $0[0..<Self.byteCount])) }
    }
}
