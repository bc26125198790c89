import CZlib

/// Deflates one stream as it comes.
public struct Deflater: ~Copyable {
    /// What follows the input of a call.
    public enum Flush: Sendable, Hashable {
        /// Nothing: the octets may wait for more.
        case none
        /// All that was put in can be read at the other end; up to 7 bits of the flush itself may wait.
        case partial
        /// As `partial`, to a whole octet: the output ends in 00 00 FF FF.
        case sync
        /// As `sync`, and what follows can be read without what came before.
        case full
        /// The stream ends.
        case finish

        var value: Int32 {
            switch self {
            case .none: Z_NO_FLUSH
            case .partial: Z_PARTIAL_FLUSH
            case .sync: Z_SYNC_FLUSH
            case .full: Z_FULL_FLUSH
            case .finish: Z_FINISH
            }
        }
    }

    /// How hard it tries.
    public enum Effort: Int32, Sendable, Hashable {
        case fast = 1
        case standard = 6
        case best = 9
    }

    public struct OutOfMemory: Error, Sendable, Hashable {}

    /// Octets of output in one piece, at most.
    public static let pieceSize = 65_536

    /// Octets of input taken, and of output made, since the beginning.
    public private(set) var taken: UInt64 = 0
    public private(set) var produced: UInt64 = 0
    public private(set) var hasEnded = false

    /// zlib keeps the address.
    private let stream: UnsafeMutablePointer<z_stream>
    private let output: UnsafeMutablePointer<UInt8>

    public init(_ format: StreamFormat = .raw, effort: Effort = .standard) throws(OutOfMemory) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard imapscope_deflate_init(stream, effort.rawValue, format.windowBits) == Z_OK else {
            stream.deallocate()
            throw OutOfMemory()
        }
        self.stream = stream
        self.output = .allocate(capacity: Self.pieceSize)
    }

    deinit {
        deflateEnd(self.stream)
        self.stream.deallocate()
        self.output.deallocate()
    }

    /// Deflates all of `input` and hands what comes out to `sink`, in pieces that lie in one reused buffer.
    public mutating func deflate(_ input: RawSpan, _ flush: Flush = .none, to sink: (RawSpan) -> Void) {
        precondition(!self.hasEnded, "the stream has been finished")
        var position = 0
        repeat {
            let count = min(input.byteCount - position, Int(UInt32.max))
            let isLast = position + count == input.byteCount
            let part = input.extracting(position..<position + count)
            self.deflatePart(part, isLast ? flush.value : Z_NO_FLUSH, sink)
            position += count
        } while position < input.byteCount
        if flush == .finish { self.hasEnded = true }
    }

    private mutating func deflatePart(_ input: RawSpan, _ flush: Int32, _ sink: (RawSpan) -> Void) {
        let stream = self.stream
        let output = self.output
        var produced = 0
        input.withUnsafeBytes { input in
            stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                stream.pointee.next_out = output
                stream.pointee.avail_out = UInt32(Self.pieceSize)
                // With input, room and a stream of ours it cannot fail; without anything to do it says Z_BUF_ERROR.
                _ = CZlib.deflate(stream, flush)
                let count = Self.pieceSize - Int(stream.pointee.avail_out)
                produced += count
                if count > 0 { sink(UnsafeRawBufferPointer(start: output, count: count).bytes) }
            } while stream.pointee.avail_out == 0
        }
        self.taken += UInt64(input.byteCount)
        self.produced += UInt64(produced)
    }
}
