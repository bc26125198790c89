import PacketDecoding
import Traffic

/// Where the octets of a file come from.
public protocol OctetSource {
    /// Reads into `buffer`; 0 at the end.
    ///
    /// - Throws: errno in ``CaptureFileError/Code/unreadable(_:)``.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(CaptureFileError) -> Int
}

/// The octets of a capture, decompressed where that is needed.
final class OctetReader {
    private let name: String
    private let source: any OctetSource
    private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 262_144, alignment: 64)
    /// Octets of `input` that are not used yet.
    private var unread = 0..<0
    private var sourceEnded = false
    private var decompressor: (any Decompressor)?
    private(set) var compression: Compression?
    private var hasLooked = false
    /// Octets of the file itself that were read, for a display of progress.
    private(set) var position: UInt64 = 0

    init(name: String, source: any OctetSource) {
        self.name = name
        self.source = source
    }

    deinit {
        // The capture may hold passwords.
        self.input.initializeMemory(as: UInt8.self, repeating: 0)
        self.input.deallocate()
    }

    /// Appends what comes next to `output`.
    ///
    /// - Returns: false at the end.
    func read(into output: inout [UInt8]) throws(CaptureFileError) -> Bool {
        if !self.hasLooked { try self.look() }
        guard self.decompressor != nil else {
            if self.unread.isEmpty { try self.fill() }
            guard !self.unread.isEmpty else { return false }
            output.append(contentsOf: self.input[self.unread])
            self.unread = 0..<0
            return true
        }
        return try self.decompress(into: &output)
    }

    private func decompress(into output: inout [UInt8]) throws(CaptureFileError) -> Bool {
        let before = output.count
        do throws(DecompressionError) {
            while output.count == before {
                if self.unread.isEmpty, self.decompressor?.hasPendingOutput == false {
                    do {
                        try self.fill()
                    } catch {
                        throw DecompressionError.damaged(reason: "\(error)")
                    }
                    if self.unread.isEmpty {
                        try self.decompressor?.finish()
                        return false
                    }
                }
                let span = UnsafeRawBufferPointer(rebasing: self.input[self.unread]).bytes
                let taken = try self.decompressor?.decompress(span, into: &output) ?? 0
                let isStuck = taken == 0 && output.count == before
                self.unread = (self.unread.lowerBound + taken)..<self.unread.upperBound
                if isStuck, !self.unread.isEmpty { throw DecompressionError.damaged(reason: "nothing comes out of it") }
            }
            return true
        } catch {
            let compression = self.compression ?? .gzip
            switch error {
            case .damaged(let reason):
                let offset = self.position - UInt64(self.unread.count)
                throw CaptureFileError(.compression(compression, reason: reason, offset: offset), name: self.name)
            case .tooMuch(let produced):
                throw CaptureFileError(.tooCompressed(compression, produced: produced), name: self.name)
            }
        }
    }

    /// Tells the compression by the first octets.
    private func look() throws(CaptureFileError) {
        self.hasLooked = true
        while self.unread.count < Compression.magicLength, !self.sourceEnded { try self.fill() }
        self.compression = Compression(magic: UnsafeRawBufferPointer(rebasing: self.input[self.unread]).bytes)
        do throws(DecompressionError) {
            switch self.compression {
            case .gzip: self.decompressor = try GzipDecompressor()
            case .zstd: self.decompressor = try ZstdDecompressor()
            case .lz4: self.decompressor = try LZ4Decompressor()
            case nil: break
            }
        } catch {
            throw CaptureFileError(.unreadable(12), name: self.name)
        }
    }

    private func fill() throws(CaptureFileError) {
        guard !self.sourceEnded else { return }
        if self.unread.isEmpty { self.unread = 0..<0 }
        let room = UnsafeMutableRawBufferPointer(rebasing: self.input[self.unread.upperBound...])
        let count = try self.source.read(into: room)
        if count == 0 { self.sourceEnded = true }
        self.position += UInt64(count)
        self.unread = self.unread.lowerBound..<(self.unread.upperBound + count)
    }
}
