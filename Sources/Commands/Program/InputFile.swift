#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Why an input cannot be read.
struct InputError: Error, Hashable, CustomStringConvertible {
    /// The path, or what stands for it.
    var name: String
    /// errno
    var number: Int32

    var description: String { "cannot read \(self.name): \(systemErrorText(self.number))" }

    enum Reason {
        case missing
        case directory
        case permission
        case other
    }

    var reason: Reason {
        switch self.number {
        case ENOENT: .missing
        case EISDIR: .directory
        case EACCES, EPERM: .permission
        default: .other
        }
    }

    var isPermission: Bool { self.reason == .permission }
}

/// What the system calls the error.
func systemErrorText(_ number: Int32) -> String {
    guard let text = strerror(number) else { return "error \(number)" }
    return String(cString: text)
}

/// A file, pipe or terminal that is read from its beginning to its end.
struct InputFile: ~Copyable {
    let name: String
    let descriptor: Int32
    private let isOwned: Bool

    /// Opens `path`; `-` and nil are standard input.
    init(path: String?) throws(InputError) {
        if let path, path != "-" {
            self.name = path
            self.descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
            self.isOwned = true
            guard self.descriptor >= 0 else { throw InputError(name: path, number: errno) }
        } else {
            self.name = "standard input"
            self.descriptor = STDIN_FILENO
            self.isOwned = false
        }
        var status = stat()
        guard fstat(self.descriptor, &status) == 0 else { throw InputError(name: self.name, number: errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw InputError(name: self.name, number: EISDIR) }
    }

    deinit {
        if self.isOwned { close(self.descriptor) }
    }

    /// Whether it is a file that can be read again, not a pipe or a device.
    var isRegular: Bool {
        var status = stat()
        return fstat(self.descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Whether something can be read, or the end been seen, without waiting.
    var hasInput: Bool {
        var entry = pollfd(fd: self.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, 0) != 0
    }

    /// Reads into `buffer`; 0 at the end of the input.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
        while true {
            #if canImport(Glibc)
                let count = Glibc.read(self.descriptor, buffer.baseAddress, buffer.count)
            #else
                let count = Musl.read(self.descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count >= 0 { return count }
            guard errno == EINTR else { throw InputError(name: self.name, number: errno) }
        }
    }

    /// The whole content of a file that must not be larger than `limit`.
    static func contents(of path: String, limit: Int) throws(InputError) -> [UInt8] {
        let file = try InputFile(path: path)
        var content: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
        defer {
            // The file may hold passwords.
            explicit_bzero(buffer.baseAddress!, buffer.count)
            buffer.deallocate()
        }
        while true {
            let count = try file.read(into: buffer)
            if count == 0 { return content }
            guard content.count + count <= limit else { throw InputError(name: path, number: EFBIG) }
            content.append(contentsOf: buffer[..<count])
        }
    }
}
