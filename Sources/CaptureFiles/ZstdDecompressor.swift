import CZstd
import Traffic

/// RFC 8878, several frames included.
final class ZstdDecompressor: Decompressor {
    private let stream: OpaquePointer
    private let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 131_072, alignment: 16)
    private(set) var hasPendingOutput = false
    private var isInFrame = false
    private var taken: UInt64 = 0
    private var produced: UInt64 = 0

    init() throws(DecompressionError) {
        guard let stream = ZSTD_createDStream() else { throw .damaged(reason: "out of memory") }
        self.stream = stream
    }

    deinit {
        ZSTD_freeDStream(self.stream)
        self.piece.deallocate()
    }

    func decompress(_ input: RawSpan, into output: inout [UInt8]) throws(DecompressionError) -> Int {
        var room = ZSTD_outBuffer(dst: self.piece.baseAddress, size: self.piece.count, pos: 0)
        var position = 0
        let hint = input.withUnsafeBytes { octets in
            var source = ZSTD_inBuffer(src: octets.baseAddress, size: octets.count, pos: 0)
            defer { position = source.pos }
            return ZSTD_decompressStream(self.stream, &room, &source)
        }
        guard ZSTD_isError(hint) == 0 else {
            throw .damaged(reason: ZSTD_getErrorName(hint).map { String(cString: $0) } ?? "unknown")
        }
        output.append(contentsOf: self.piece[..<room.pos])
        self.isInFrame = hint != 0
        self.hasPendingOutput = room.pos == room.size
        self.taken += UInt64(position)
        self.produced += UInt64(room.pos)
        guard ExpansionLimit.allows(self.produced, from: self.taken) else { throw .tooMuch(produced: self.produced) }
        return position
    }

    func finish() throws(DecompressionError) {
        if self.isInFrame { throw .damaged(reason: "the file ends within it") }
    }
}
