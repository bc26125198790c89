import Traffic

/// Puts lines of JSON into the page: blocks of data, each of a size that a browser takes in one go.
///
/// Between two writes a block is always open, so that a file that is begun anew, or ends anywhere, is a page too.
final class HTMLData: TranscriptOutput {
    private let output: any TranscriptOutput
    private var writer = ByteWriter()
    private var block = 0
    private(set) var count = 0

    private static let blockSize = 1 << 20
    private static let opening: StaticString = "<script type=\"application/json\" class=\"events\">\n"

    init(_ output: any TranscriptOutput) {
        self.output = output
    }

    /// The head of the page, and the first block.
    func begin() {
        HTMLPage.write(to: &self.writer)
        self.writer.append(Self.opening)
        self.hand()
    }

    /// Whole lines. The one character that could end a block or open a comment in it (HTML section 13.2.5.4) is written as
    /// JSON's escape for it, which says the same wherever it can stand: in a string.
    func write(_ bytes: RawSpan) {
        var start = 0
        for index in 0..<bytes.byteCount where bytes[index] == UInt8(ascii: "<") {
            self.writer.append(bytes.extracting(start..<index))
            self.writer.append("\\u003C")
            start = index + 1
        }
        self.writer.append(bytes.extracting(start..<bytes.byteCount))
        self.block += bytes.byteCount
        if self.block >= Self.blockSize {
            self.block = 0
            self.writer.append("</script>\n")
            self.writer.append(Self.opening)
        }
        self.hand()
    }

    func end(leftOut messages: Int, octets: UInt64) {
        if messages > 0 {
            self.writer.append(#"{"event":"left_out","messages":"#)
            self.writer.append(decimal: messages)
            self.writer.append(#","octets":"#)
            self.writer.append(decimal: octets)
            self.writer.append("}\n")
        }
        self.writer.append("</script>\n</body>\n</html>\n")
        self.hand()
    }

    private func hand() {
        self.count += self.writer.count
        self.writer.withBytes { self.output.write($0) }
        self.writer.removeAll()
    }
}
