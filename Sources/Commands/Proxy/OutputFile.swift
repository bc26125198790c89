import IMAPSession
import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An output of the live proxy: a queue, and a thread that writes it, so that no event loop waits for a disk or a pipe
/// unless it is told to.
///
/// Unchecked: every field below `lock` is touched only while the lock is held.
final class OutputFile: TranscriptOutput, @unchecked Sendable {
    private let name: String
    /// Nil for standard output.
    private let path: String?
    private let policy: SlowOutputPolicy
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private var descriptor: Int32
    private var queue: [UInt8] = []
    private var isWriting = false
    private var shallReopen = false
    private var hasFailed = false
    private var droppedOctets: UInt64 = 0

    /// More than this waits for a slow reader only under `pause`, and then the traffic waits too.
    private static let limit = 4 << 20

    /// Standard output when `path` is nil.
    init(path: String?, policy: SlowOutputPolicy) throws(Failure) {
        self.path = path
        self.name = path ?? "standard output"
        self.policy = policy
        self.lock = .allocate(capacity: 1)
        self.changed = .allocate(capacity: 1)
        pthread_mutex_init(self.lock, nil)
        pthread_cond_init(self.changed, nil)
        self.descriptor = STDOUT_FILENO
        if let path { self.descriptor = try Self.create(path, truncating: true) }
        try self.startWriter()
    }

    deinit {
        pthread_cond_destroy(self.changed)
        pthread_mutex_destroy(self.lock)
        self.changed.deallocate()
        self.lock.deallocate()
    }

    func write(_ bytes: RawSpan) {
        self.locked {
            if self.queue.count > Self.limit, self.policy == .drop {
                self.droppedOctets += UInt64(bytes.byteCount)
                return
            }
            while self.queue.count > Self.limit, !self.hasFailed { pthread_cond_wait(self.changed, self.lock) }
            guard !self.hasFailed else { return }
            bytes.withUnsafeBytes { self.queue.append(contentsOf: $0) }
            pthread_cond_broadcast(self.changed)
        }
    }

    /// Opens the file by its name again, after a log rotation has moved it away.
    func reopen() {
        guard self.path != nil else { return }
        self.locked {
            self.shallReopen = true
            pthread_cond_broadcast(self.changed)
        }
    }

    /// Waits until everything is written. Says what was left out.
    func finish() {
        let dropped = self.locked {
            while !self.hasFailed, self.isWriting || !self.queue.isEmpty { pthread_cond_wait(self.changed, self.lock) }
            return self.droppedOctets
        }
        if dropped > 0 { writeNotice("\(self.name) was too slow: \(dropped) octets were left out of it") }
    }

    // MARK: - Writing

    private func locked<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(self.lock)
        defer { pthread_mutex_unlock(self.lock) }
        return body()
    }

    private func startWriter() throws(Failure) {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let result = pthread_create(
            &thread,
            nil,
            { context in
                guard let context else { return nil }
                Unmanaged<OutputFile>.fromOpaque(context).takeRetainedValue().writeForEver()
                return nil
            },
            context.toOpaque()
        )
        guard result == 0 else {
            context.release()
            throw Failure(.software, "cannot start a thread: \(systemErrorText(result))", blame: .imapscope)
        }
        pthread_detach(thread)
    }

    private func writeForEver() {
        var piece: [UInt8] = []
        while true {
            let (descriptor, reopens) = self.locked {
                self.isWriting = false
                pthread_cond_broadcast(self.changed)
                while self.queue.isEmpty, !self.shallReopen { pthread_cond_wait(self.changed, self.lock) }
                swap(&piece, &self.queue)
                self.isWriting = true
                defer { self.shallReopen = false }
                return (self.descriptor, self.shallReopen)
            }
            self.writeAll(piece, to: descriptor)
            piece.removeAll(keepingCapacity: piece.capacity <= Self.limit)
            if reopens { self.openAgain() }
            if self.locked({ self.hasFailed }) { return }
        }
    }

    private func writeAll(_ piece: [UInt8], to descriptor: Int32) {
        piece.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let part = UnsafeRawBufferPointer(rebasing: rest)
                #if canImport(Glibc)
                    let count = Glibc.write(descriptor, part.baseAddress, part.count)
                #else
                    let count = Musl.write(descriptor, part.baseAddress, part.count)
                #endif
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&entry, 1, -1)
                } else if errno != EINTR {
                    self.fail(errno)
                    return
                }
            }
        }
    }

    private func fail(_ number: Int32) {
        let reason = number == EPIPE ? "its reader has gone" : systemErrorText(number)
        writeNotice("\(self.name): \(reason); the proxy goes on without it")
        self.locked {
            self.hasFailed = true
            self.queue = []
            pthread_cond_broadcast(self.changed)
        }
    }

    private func openAgain() {
        guard let path else { return }
        do throws(Failure) {
            let next = try Self.create(path, truncating: false)
            let previous = self.locked {
                defer { self.descriptor = next }
                return self.descriptor
            }
            close(previous)
        } catch {
            writeNotice("\(error.summary); the file that was open is written on")
        }
    }

    /// For its owner only, and through no symbolic link: a link could lead the traffic into a file of somebody else.
    private static func create(_ path: String, truncating: Bool) throws(Failure) -> Int32 {
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY
        let descriptor = open(path, truncating ? flags | O_TRUNC : flags, 0o600)
        guard descriptor < 0 else { return descriptor }
        let number = errno
        throw Failure(
            number == EACCES || number == EPERM ? .noPermission : .cannotCreate,
            "cannot create \(path): \(number == ELOOP ? "it is a symbolic link" : systemErrorText(number))",
            advice: "give the name of a file in a folder that you may write to"
        )
    }
}
