import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The folder of `--export-mail`. Files are closed and opened again as others need the descriptor.
final class MailFiles: MailFolder {
    private let folder: String
    /// What went wrong first; nothing is written after it.
    private(set) var failure: Failure?
    /// Files that are open, the one that was written last at the end.
    private var open: [(name: String, descriptor: Int32)] = []
    /// Far fewer than a process may have, more than messages that usually pass at a time.
    private static let mostOpen = 64

    /// Makes the folder, unless it is there.
    init(folder: String) throws(Failure) {
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw Failure(creating: folder, errno) }
        self.folder = folder
    }

    /// The file that lists the others.
    func index() throws(Failure) -> StandardOutput {
        StandardOutput(descriptor: try OutputFile.create(self.path("messages.jsonl")))
    }

    func create(_ name: String) {
        self.attempt { () throws(Failure) in
            self.keep(name, try OutputFile.create(self.path(name)))
        }
    }

    func append(_ octets: RawSpan, to name: String) {
        guard octets.byteCount > 0 else { return }
        self.attempt { () throws(Failure) in
            let descriptor = try self.descriptor(name)
            var failed: Int32 = 0
            octets.withUnsafeBytes { bytes in
                var rest = bytes[...]
                while !rest.isEmpty {
                    let piece = UnsafeRawBufferPointer(rebasing: rest)
                    let count = write(descriptor, piece.baseAddress, piece.count)
                    if count < 0, errno == EINTR { continue }
                    guard count > 0 else {
                        failed = errno
                        return
                    }
                    rest = rest.dropFirst(count)
                }
            }
            guard failed == 0 else { throw self.failure("write to", name, failed) }
        }
    }

    func close(_ name: String, as last: String) {
        self.attempt { () throws(Failure) in
            if let index = self.open.firstIndex(where: { $0.name == name }) {
                let descriptor = self.open.remove(at: index).descriptor
                // Some file systems tell only now that a write failed.
                guard systemClose(descriptor) == 0 else { throw self.failure("write to", name, errno) }
            }
            // What stands under the name is replaced, a symbolic link too; nothing is written through one.
            guard rename(self.path(name), self.path(last)) == 0 else { throw self.failure("rename", name, errno) }
        }
    }

    private func path(_ name: String) -> String { "\(self.folder)/\(name)" }

    private func attempt(_ body: () throws(Failure) -> Void) {
        guard self.failure == nil else { return }
        do throws(Failure) { try body() } catch { self.failure = error }
    }

    private func descriptor(_ name: String) throws(Failure) -> Int32 {
        if let last = self.open.last, last.name == name { return last.descriptor }
        if let index = self.open.firstIndex(where: { $0.name == name }) {
            let entry = self.open.remove(at: index)
            self.open.append(entry)
            return entry.descriptor
        }
        let descriptor = systemOpen(self.path(name), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY)
        guard descriptor >= 0 else { throw self.failure("open", name, errno) }
        self.keep(name, descriptor)
        return descriptor
    }

    private func keep(_ name: String, _ descriptor: Int32) {
        if self.open.count >= Self.mostOpen { _ = systemClose(self.open.removeFirst().descriptor) }
        self.open.append((name, descriptor))
    }

    private func failure(_ action: String, _ name: String, _ number: Int32) -> Failure {
        Failure(.ioError, "cannot \(action) \(self.path(name)): \(systemErrorText(number))")
    }
}

// By these names, because a file's own close and open hide them.
private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }
