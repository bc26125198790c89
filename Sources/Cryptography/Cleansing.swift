import COpenSSL

extension Array where Element: FixedWidthInteger {
    /// Overwrites the elements with zeros, by a call that the optimiser may not remove, and empties the array.
    ///
    /// Only the storage of this very array is wiped: while another copy shares it, that copy keeps its content. Call
    /// it on local variables that nobody else holds.
    public mutating func cleanse() {
        self.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
        self = []
    }
}
