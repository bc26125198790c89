import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The file, pipe or terminal behind an output; used by one thread at a time.
final class OutputDescriptor: Sendable {
    private struct File {
        var descriptor: Int32
        /// What an earlier run left in it goes with the first write, not sooner: a program that cannot start then leaves
        /// the file of the one that runs alone.
        var startsOver: Bool
    }

    /// Nil for a descriptor that was open before and stays open.
    let path: String?
    private let file: Mutex<File>

    /// More in one call would hide from ``FileOutput/close(within:)`` that a slow reader still reads.
    private static let piece = 262_144

    init(descriptor: Int32) {
        self.path = nil
        self.file = Mutex(File(descriptor: descriptor, startsOver: false))
    }

    init(path: String) throws(OutputError) {
        self.path = path
        self.file = Mutex(File(descriptor: try Self.open(path), startsOver: true))
    }

    /// Writes all of `bytes`; returns errno when that failed, else nil.
    func write(_ bytes: UnsafeRawBufferPointer, progress: (Int) -> Void) -> Int32? {
        let descriptor = self.file.withLock { file in
            // A pipe or a device has nothing to truncate.
            if file.startsOver { _ = ftruncate(file.descriptor, 0) }
            file.startsOver = false
            return file.descriptor
        }
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(Self.piece))
            let count = systemWrite(descriptor, piece)
            if count >= 0 {
                rest = rest.dropFirst(count)
                progress(count)
            } else if errno == EAGAIN {
                // Somebody made the terminal non-blocking: wait for room.
                var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&poller, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return nil
    }

    /// Opens the path again, to append; true when the file is a new one.
    func reopen(_ path: String) throws(OutputError) -> Bool {
        let new = try Self.open(path)
        var status = stat()
        let isNew = fstat(new, &status) != 0 || status.st_size == 0
        let old = self.file.withLock { file in
            defer { file = File(descriptor: new, startsOver: false) }
            return file.descriptor
        }
        _ = systemClose(old)
        return isNew
    }

    /// Closes what was opened here. Some file systems tell only now that a write failed: returns errno then.
    func close() -> Int32? {
        guard self.path != nil else { return nil }
        return self.file.withLock { systemClose($0.descriptor) == 0 ? nil : errno }
    }

    /// For its owner only, and through no symbolic link: a link could lead the traffic into a file of somebody else.
    private static func open(_ path: String) throws(OutputError) -> Int32 {
        let descriptor = systemOpen(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY)
        guard descriptor >= 0 else { throw OutputError(path: path, errno: errno) }
        return descriptor
    }
}

/// An output file that could not be opened. ELOOP: the path is a symbolic link.
public struct OutputError: Error, Sendable, Hashable {
    public var path: String
    public var errno: Int32

    public init(path: String, errno: Int32) {
        self.path = path
        self.errno = errno
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}

private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags, 0o600) }

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
