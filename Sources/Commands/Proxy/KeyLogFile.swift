import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The TLS secrets of a run, in the format of RFC 9850. Whoever reads the file can decrypt the connections.
final class KeyLogFile: Sendable {
    private let descriptor: Int32

    init(path: String) throws(Failure) {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY
        let descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else {
            let number = errno
            guard number == ELOOP else { throw Failure(creating: path, number) }
            throw Failure(.cannotCreate, "cannot create \(path): it is a symbolic link", advice: "name the file itself")
        }
        self.descriptor = descriptor
        // A file that was there already keeps its content, not its readers.
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG { fchmod(descriptor, 0o600) }
    }

    deinit {
        close(self.descriptor)
    }

    /// One line, in one write: lines of several threads stay whole (POSIX, O_APPEND).
    func append(_ line: String) {
        let octets = Array("\(line)\n".utf8)
        _ = octets.withUnsafeBytes { write(self.descriptor, $0.baseAddress, $0.count) }
    }
}
