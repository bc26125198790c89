import CLZ4
import Traffic

/// The LZ4 frame format, several frames included.
final class LZ4Decompressor: Decompressor {
    private var context: OpaquePointer?
    private let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    private(set) var hasPendingOutput = false
    private var isInFrame = false
    private var taken: UInt64 = 0
    private var produced: UInt64 = 0

    init() throws(DecompressionError) {
        guard LZ4F_isError(LZ4F_createDecompressionContext(&self.context, UInt32(LZ4F_VERSION))) == 0 else {
            throw .damaged(reason: "out of memory")
        }
    }

    deinit {
        LZ4F_freeDecompressionContext(self.context)
        self.piece.deallocate()
    }

    func decompress(_ input: RawSpan, into output: inout [UInt8]) throws(DecompressionError) -> Int {
        var position = input.byteCount
        var room = self.piece.count
        let hint = input.withUnsafeBytes { octets in
            LZ4F_decompress(self.context, self.piece.baseAddress, &room, octets.baseAddress, &position, nil)
        }
        guard LZ4F_isError(hint) == 0 else {
            throw .damaged(reason: LZ4F_getErrorName(hint).map { String(cString: $0) } ?? "unknown")
        }
        output.append(contentsOf: self.piece[..<room])
        self.isInFrame = hint != 0
        self.hasPendingOutput = room == self.piece.count
        self.taken += UInt64(position)
        self.produced += UInt64(room)
        guard ExpansionLimit.allows(self.produced, from: self.taken) else { throw .tooMuch(produced: self.produced) }
        return position
    }

    func finish() throws(DecompressionError) {
        if self.isInFrame { throw .damaged(reason: "the file ends within it") }
    }
}
