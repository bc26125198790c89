import IMAPSession
import Traffic

extension ByteWriter {
    /// The object of `compression`: one object for each direction.
    mutating func append(_ totals: CompressionTotals) {
        for direction in Direction.allCases {
            let stream = totals[direction]
            self.append(
                direction == .client ? #"{"client":{"compressed_octets":"# : #","server":{"compressed_octets":"#
            )
            self.append(decimal: stream.compressed)
            self.append(#","octets":"#)
            self.append(decimal: stream.inflated)
            self.append(#","ratio":"#)
            if stream.compressed == 0 { self.append("null") } else { self.append(ratio: stream) }
            self.append("}")
        }
        self.append("}")
    }
}
