import Reporting
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The TLS secrets of a run, in the format of RFC 9850. Whoever reads the file can decrypt the connections.
final class KeyLogFile: Sendable {
    let path: String
    private let descriptor: Int32
    private let tell: @Sendable (String) -> Void
    private let failed = Mutex(false)

    init(path: String, tell: @escaping @Sendable (String) -> Void) throws(Failure) {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY
        let descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else {
            let number = errno
            guard number == ELOOP else { throw Failure(creating: path, number) }
            throw Failure(.cannotCreate, "cannot create \(path): it is a symbolic link", advice: "name the file itself")
        }
        self.path = path
        self.descriptor = descriptor
        self.tell = tell
        // A file that was there already keeps its content, not its readers.
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG { fchmod(descriptor, 0o600) }
    }

    deinit {
        close(self.descriptor)
    }

    /// Whether secrets are missing.
    var hasFailed: Bool { self.failed.withLock { $0 } }

    /// One line, in one write: lines of several threads stay whole (POSIX, O_APPEND).
    func append(_ line: String) {
        let octets = Array("\(line)\n".utf8)
        var count = 0
        repeat {
            count = octets.withUnsafeBytes { write(self.descriptor, $0.baseAddress, $0.count) }
        } while count < 0 && errno == EINTR
        guard count < octets.count else { return }
        let number = count < 0 ? errno : ENOSPC
        let isFirst = self.failed.withLock { failed in
            defer { failed = true }
            return !failed
        }
        guard isFirst else { return }
        let name = TerminalText.escaped(self.path)
        self.tell(
            "cannot write to \(name): \(systemErrorText(number)); connections cannot be decrypted without their secrets"
        )
    }
}
