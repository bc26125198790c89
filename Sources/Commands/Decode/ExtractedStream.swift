import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The file of one direction of one session. It is closed and opened again as others need the descriptor.
struct ExtractedStream {
    let path: String
    private var descriptor: Int32 = -1
    private var isCreated = false
    /// Where octets are missing: the offset of the first in the stream, and how many.
    private(set) var gaps: [(offset: UInt64, octets: UInt64)] = []
    private var missing: UInt64 = 0

    init(path: String) {
        self.path = path
    }

    mutating func open() throws(Failure) {
        guard self.descriptor < 0 else { return }
        guard self.isCreated else {
            self.descriptor = try OutputFile.create(self.path)
            self.isCreated = true
            return
        }
        #if canImport(Glibc)
            self.descriptor = Glibc.open(self.path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY)
        #else
            self.descriptor = Musl.open(self.path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY)
        #endif
        guard self.descriptor >= 0 else {
            throw Failure(.ioError, "cannot open \(self.path) again: \(systemErrorText(errno))")
        }
    }

    mutating func close() {
        guard self.descriptor >= 0 else { return }
        #if canImport(Glibc)
            _ = Glibc.close(self.descriptor)
        #else
            _ = Musl.close(self.descriptor)
        #endif
        self.descriptor = -1
    }

    mutating func gap(_ octets: UInt64, at offset: UInt64) {
        self.gaps.append((offset, octets))
        self.missing += octets
    }

    /// Where in the file an octet of the stream stands: what is missing takes no room. Nearly always it stands behind all
    /// gaps.
    private func position(of offset: UInt64) -> UInt64 {
        var before = self.missing
        for gap in self.gaps.reversed() {
            if offset >= gap.offset + gap.octets { break }
            before -= gap.octets
            if offset > gap.offset { before += offset - gap.offset }
        }
        return offset - before
    }

    func write(_ octets: RawSpan, at offset: UInt64) throws(Failure) {
        guard octets.byteCount > 0 else { return }
        var place = off_t(self.position(of: offset))
        var failed: Int32 = 0
        octets.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = UnsafeRawBufferPointer(rebasing: rest)
                let count = pwrite(self.descriptor, piece.baseAddress, piece.count, place)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    failed = errno
                    return
                }
                rest = rest.dropFirst(count)
                place += off_t(count)
            }
        }
        guard failed == 0 else {
            throw Failure(.ioError, "cannot write to \(self.path): \(systemErrorText(failed))")
        }
    }
}
