import IMAPSession

extension ByteWriter {
    /// How many octets each compressed one stood for, with two digits behind the point: `3.14`.
    mutating func append(ratio stream: CompressionTotals.Stream) {
        let compressed = max(stream.compressed, 1)
        let whole = stream.inflated / compressed
        let hundredths = stream.inflated % compressed * 100 / compressed
        self.append(decimal: whole)
        self.append(UInt8(ascii: "."))
        self.append(decimal: hundredths, digits: 2)
    }
}
