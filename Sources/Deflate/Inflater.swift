import CZlib

/// Inflates one stream as it comes, in chunks of any size.
///
/// Output goes to a closure in pieces of at most ``pieceSize`` octets that lie in one reused buffer. zlib is asked to stop
/// at every block: a sync flush ends one, so that the reader of the pieces can end a stream at the very octet (RFC 8437
/// section 4.1 ends compression behind a message).
public struct Inflater: ~Copyable {
    /// What the reader of a piece wants next.
    public enum Demand: Sendable, Hashable {
        case more
        /// Nothing for now: input behind this piece is not taken.
        case pause
        /// The stream ends with the flush behind this piece.
        case end
    }

    /// Octets of output in one piece, at most.
    public static let pieceSize = 65_536

    public let format: StreamFormat
    public private(set) var limits: InflateLimits
    /// Octets of input taken, and of output made, since the beginning.
    public private(set) var taken: UInt64 = 0
    public private(set) var produced: UInt64 = 0
    /// Whether the final block, or the flush that the reader asked for, is behind.
    public private(set) var hasEnded = false
    /// Whether zlib has not done all that it can with the input so far.
    public private(set) var hasPendingOutput = false

    private var endsAtFlush = false
    /// Octets that came out of the block in progress.
    private var blockOutput: UInt64 = 0
    /// Output beyond the ratio that is open.
    private var excess: UInt64 = 0
    /// zlib keeps the address.
    private let stream: UnsafeMutablePointer<z_stream>
    private let output: UnsafeMutablePointer<UInt8>

    public init(_ format: StreamFormat = .raw, limits: InflateLimits = .standard) throws(InflateError) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard imapscope_inflate_init(stream, format.windowBits) == Z_OK else {
            stream.deallocate()
            throw InflateError(.outOfMemory, offset: 0, produced: 0)
        }
        self.format = format
        self.limits = limits
        self.stream = stream
        self.output = .allocate(capacity: Self.pieceSize)
    }

    deinit {
        inflateEnd(self.stream)
        self.stream.deallocate()
        self.output.deallocate()
    }

    /// Inflates `input` and hands the output to `sink`.
    ///
    /// - Parameter outputLimit: stop as soon as so much has come out of this call; bounds the time it takes.
    /// - Returns: how many octets of `input` were taken: all, unless the sink or the limit said otherwise or the stream
    ///   ended. When ``hasPendingOutput`` is set, call again even without input.
    public mutating func inflate(
        _ input: RawSpan,
        outputLimit: Int = .max,
        to sink: (RawSpan) -> Demand
    ) throws(InflateError) -> Int {
        var position = 0
        var left = outputLimit
        while position < input.byteCount || self.hasPendingOutput {
            guard try self.beginsMember(input, &position) else { break }
            let step = self.step(input, &position)
            var demand = Demand.more
            if step.output > 0 {
                left -= step.output
                demand = sink(UnsafeRawBufferPointer(start: self.output, count: step.output).bytes)
            }
            // What came out before the damage is good.
            if let code = step.failure { throw self.error(code) }
            try self.bound(step)
            if demand == .end { self.endsAtFlush = true }
            if demand == .pause || step.isStuck || left <= 0 { break }
        }
        return position
    }

    /// The stream ends with the next flush.
    public mutating func endAtFlush() { self.endsAtFlush = true }

    /// Goes on whatever the ratio is.
    public mutating func liftLimits() { self.limits = .none }

    /// Nothing more comes in.
    public func finish() throws(InflateError) {
        guard self.hasEnded else { throw self.error(.truncated) }
    }

    // MARK: - Steps

    private struct Step {
        var input: Int
        var output: Int
        var failure: InflateError.Code?
        /// Neither took nor made anything.
        var isStuck: Bool { self.input == 0 && self.output == 0 }
    }

    /// Up to the end of a block, of the input, or of the room for output.
    private mutating func step(_ input: RawSpan, _ position: inout Int) -> Step {
        let available = min(input.byteCount - position, Int(UInt32.max))
        let start = position
        let stream = self.stream
        let output = self.output
        let status = input.withUnsafeBytes { input in
            stream.pointee.next_in = input.baseAddress.map {
                $0.advanced(by: start).assumingMemoryBound(to: UInt8.self)
            }
            stream.pointee.avail_in = UInt32(available)
            stream.pointee.next_out = output
            stream.pointee.avail_out = UInt32(Self.pieceSize)
            return CZlib.inflate(stream, Z_BLOCK)
        }
        var step = Step(
            input: available - Int(stream.pointee.avail_in),
            output: Self.pieceSize - Int(stream.pointee.avail_out)
        )
        self.produced += UInt64(step.output)
        self.blockOutput += UInt64(step.output)
        self.hasPendingOutput = stream.pointee.avail_out == 0
        switch status {
        case Z_OK:
            // Bit 7: a block has just ended.
            guard stream.pointee.data_type & 128 != 0 else { break }
            // Bit 6: it was the final one, and only the next call says so.
            if stream.pointee.data_type & 64 != 0 { self.hasPendingOutput = true }
            // A block without output behind the last piece is its flush.
            if self.endsAtFlush, self.blockOutput == 0 { self.hasEnded = true }
            self.blockOutput = 0
        case Z_BUF_ERROR: self.hasPendingOutput = false
        case Z_STREAM_END:
            self.hasEnded = true
            self.hasPendingOutput = false
        case Z_MEM_ERROR: step.failure = .outOfMemory
        default:
            step.failure = .corrupt(reason: stream.pointee.msg.map { String(cString: $0) } ?? "not a stream")
            // Octets that gave nothing are not taken: whoever relays the stream has them still.
            if step.output == 0 { step.input = 0 }
        }
        position += step.input
        self.taken += UInt64(step.input)
        return step
    }

    /// Whether the input at `position` belongs to the stream. Behind a gzip member another may begin; zeros are padding.
    private mutating func beginsMember(_ input: RawSpan, _ position: inout Int) throws(InflateError) -> Bool {
        guard self.hasEnded else { return true }
        guard self.format == .gzip else { return false }
        while position < input.byteCount {
            let octet = input.unsafeLoad(fromByteOffset: position, as: UInt8.self)
            if octet == 0x1F {
                inflateReset(self.stream)
                self.hasEnded = false
                return true
            }
            guard octet == 0 else { throw self.error(.trailingOctets) }
            position += 1
            self.taken += 1
        }
        return false
    }

    private mutating func bound(_ step: Step) throws(InflateError) {
        let (free, overflow) = UInt64(step.input).multipliedReportingOverflow(by: UInt64(self.limits.ratio))
        let open = self.excess + UInt64(step.output)
        self.excess = overflow || free >= open ? 0 : open - free
        guard self.excess <= UInt64(self.limits.allowance) else {
            throw self.error(.ratio(self.limits, actual: self.excess))
        }
    }

    private func error(_ code: InflateError.Code) -> InflateError {
        InflateError(code, offset: self.taken, produced: self.produced)
    }
}
