import Traffic

/// Reads a capture file of either format from a window that its caller moves over the file.
///
/// Pure: it never reads a file itself. Each call looks at the window's start and says what is there and how long it is.
public struct CaptureReader: Sendable {
    private enum Format: Sendable {
        case unknown
        case classic(ClassicPcap)
        case pcapng(Pcapng)
    }

    private var format = Format.unknown
    /// Where in the file the window's start is.
    public private(set) var offset: UInt64 = 0
    /// Blocks and records of every kind that have been read.
    public private(set) var records = 0

    public init() {}

    /// Whether the file may hold packets of several link types and keys.
    public var isPcapng: Bool { if case .pcapng = self.format { true } else { false } }

    /// The next record of `window`, and how many octets of it to go on behind.
    ///
    /// - Parameter isLast: the window ends where the file ends.
    public mutating func next(in window: RawSpan, isLast: Bool) throws(CaptureError) -> (
        step: CaptureStep, consumed: Int
    ) {
        var result = try self.step(window)
        if case .needsMore(let need) = result.step, isLast {
            // No file of either format is empty.
            let isBehindHeader = if case .unknown = self.format { false } else { true }
            if window.byteCount == 0 || need == 0, isBehindHeader { return (.end, 0) }
            throw CaptureError(.cut(record: self.recordName, have: window.byteCount, need: need), at: self.offset)
        }
        if case .needsMore = result.step { result.consumed = 0 } else { self.records += 1 }
        self.offset += UInt64(result.consumed)
        return result
    }

    private var recordName: String {
        switch self.format {
        case .unknown: "the file header"
        case .classic: "packet \(self.records)"
        case .pcapng: "block \(self.records + 1)"
        }
    }

    private mutating func step(_ window: RawSpan) throws(CaptureError) -> (step: CaptureStep, consumed: Int) {
        switch self.format {
        case .classic(let classic):
            return try classic.next(in: window, at: self.offset)
        case .pcapng(var pcapng):
            // Taken out while it changes, so that its list of interfaces is not copied.
            self.format = .unknown
            defer { self.format = .pcapng(pcapng) }
            return try pcapng.next(in: window, at: self.offset)
        case .unknown:
            guard window.byteCount >= 4 else { return (.needsMore(24), 0) }
            let magic = window.big32(0)
            if magic == Pcapng.sectionHeader {
                var pcapng = Pcapng()
                let result = try pcapng.next(in: window, at: self.offset)
                self.format = .pcapng(pcapng)
                return result
            }
            guard let byteOrder = ClassicPcap.Variant(magic: magic) else {
                throw CaptureError(.unknownFormat(magic: magic), at: self.offset)
            }
            guard window.byteCount >= 24 else { return (.needsMore(24), 0) }
            self.format = .classic(ClassicPcap(byteOrder, header: window))
            return (.other, 24)
        }
    }
}
