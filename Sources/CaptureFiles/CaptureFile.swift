public import PacketDecoding
import Traffic

/// One capture file, read packet by packet from its beginning, in memory that does not depend on its size.
///
/// Packets are read one after the other, so accesses are not checked at run time.
public final class CaptureFile {
    public enum Item: Sendable, Hashable {
        /// Octets are those of ``CaptureFile/withOctets(_:_:)``, until the next call of ``CaptureFile/next()``.
        case packet(PacketRecord)
        /// Keys for decryption of this type.
        case secrets(type: UInt32, Range<Int>)
        case end
    }

    public let name: String
    private let octets: OctetReader
    @exclusivity(unchecked) private var reader = CaptureReader()
    @exclusivity(unchecked) private var window: [UInt8] = []
    /// What of the window lies behind the reader.
    @exclusivity(unchecked) private var start = 0
    @exclusivity(unchecked) private var consumed = 0
    @exclusivity(unchecked) private var isLast = false
    /// The time of the last packet that had one: simple packet blocks have none.
    @exclusivity(unchecked) private var lastTime = Timestamp.zero

    public init(name: String, source: any OctetSource) {
        self.name = name
        self.octets = OctetReader(name: name, source: source)
    }

    public var compression: Compression? { self.octets.compression }
    public var isPcapng: Bool { self.reader.isPcapng }
    /// How much of the file, as it lies on the disk, has been read.
    public var position: UInt64 { self.octets.position }

    /// The next packet or keys.
    public func next() throws(CaptureFileError) -> Item {
        self.start += self.consumed
        self.consumed = 0
        while true {
            switch try self.step() {
            case .packet(var record):
                record.time = record.time ?? self.lastTime
                self.lastTime = record.time ?? self.lastTime
                return .packet(record)
            case .secrets(let type, let range): return .secrets(type: type, range)
            case .end: return .end
            case .other:
                self.start += self.consumed
                self.consumed = 0
            case .needsMore(let need): try self.extend(to: max(need, 1))
            }
        }
    }

    private func step() throws(CaptureFileError) -> CaptureStep {
        let window = self.window
        do throws(CaptureError) {
            let (step, consumed) = try self.reader.next(
                in: window.span.bytes.extracting(self.start..<window.count),
                isLast: self.isLast
            )
            self.consumed = consumed
            return step
        } catch {
            throw CaptureFileError(.damaged(error), name: self.name)
        }
    }

    /// Calls `body` with octets of the last item.
    public func withOctets<Result>(_ range: Range<Int>, _ body: (RawSpan) -> Result) -> Result {
        let window = self.window
        return body(window.span.bytes.extracting((self.start + range.lowerBound)..<(self.start + range.upperBound)))
    }

    /// Reads until the window holds `count` octets, or the file ends.
    private func extend(to count: Int) throws(CaptureFileError) {
        if self.start > 0 {
            self.window.removeFirst(self.start)
            self.start = 0
        }
        while self.window.count < count, !self.isLast {
            if try !self.octets.read(into: &self.window) { self.isLast = true }
        }
    }
}
