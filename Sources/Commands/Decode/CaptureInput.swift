import CaptureFiles

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A capture on the disk or on standard input. A signal ends it as the end of the file would.
final class CaptureInput: OctetSource {
    private let file: InputFile
    private let interruption: Interruption
    let name: String
    /// Octets of the file; nil for pipes.
    let size: UInt64?
    private(set) var position: UInt64 = 0
    /// Called when a pipe has nothing yet, before it is waited for.
    var whenIdle: (() -> Void)?

    init(path: String, interruption: Interruption) throws(InputError) {
        self.file = try InputFile(path: path)
        self.name = self.file.name
        self.interruption = interruption
        var status = stat()
        let isFile = fstat(self.file.descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        self.size = isFile ? UInt64(max(0, status.st_size)) : nil
        #if canImport(Glibc)
            if isFile { posix_fadvise(self.file.descriptor, 0, 0, Int32(POSIX_FADV_SEQUENTIAL)) }
        #endif
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(CaptureFileError) -> Int {
        if self.size == nil {
            if let whenIdle, !self.file.hasInput { whenIdle() }
            guard self.interruption.awaitInput(on: self.file.descriptor) else { return 0 }
        } else if self.interruption.received != nil {
            return 0
        }
        do throws(InputError) {
            let count = try self.file.read(into: buffer)
            self.position += UInt64(count)
            return count
        } catch {
            throw CaptureFileError(.unreadable(error.number), name: self.name)
        }
    }
}
