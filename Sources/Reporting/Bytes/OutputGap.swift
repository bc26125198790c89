/// What stands in an output in the place of octets that were dropped because its reader was too slow.
public struct OutputGap: Sendable, Hashable {
    public var octets: Int

    public init(octets: Int) {
        self.octets = octets
    }

    /// `4,194,304 octets`
    public var amount: String {
        var writer = ByteWriter(capacity: 32)
        writer.append(grouped: UInt64(max(self.octets, 0)))
        writer.append(self.octets == 1 ? " octet" : " octets")
        return String(decoding: writer.withBytes { bytes in bytes.withUnsafeBytes { [UInt8]($0) } }, as: UTF8.self)
    }

    /// The line of a transcript.
    public var text: [UInt8] {
        Array("… \(self.amount) of the transcript were dropped here: its reader was too slow\n".utf8)
    }

    /// The line of a JSON output: no session, for lines of several may be missing.
    public var json: [UInt8] {
        Array(#"{"event":"gap","reason":"output","octets":\#(max(self.octets, 0))}"#.utf8) + [0x0A]
    }
}
