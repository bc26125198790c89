import Cryptography
import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Creates files so that nobody ever sees half of one, and through no symbolic link.
enum SafeFile {
    /// Puts a file in its place if there is none yet; false when there is one, which stays as it is. Of several
    /// processes that do this at the same time exactly one gets true.
    static func create(_ path: String, mode: mode_t, _ pieces: [UnsafeRawBufferPointer]) throws(Failure) -> Bool {
        let temporary = try self.temporary(beside: path, mode: mode, pieces)
        defer { unlink(temporary) }
        // Unlike rename, link refuses a name that is taken, be it by a dangling symbolic link.
        if link(temporary, path) == 0 { return true }
        guard errno == EEXIST else { throw Failure(creating: path, errno) }
        return false
    }

    /// Puts a file in its place, whatever stood there under its name.
    static func replace(_ path: String, mode: mode_t, _ content: [UInt8]) throws(Failure) {
        let temporary = try content.withUnsafeBufferPointer { bytes throws(Failure) in
            try self.temporary(beside: path, mode: mode, [UnsafeRawBufferPointer(bytes)])
        }
        guard rename(temporary, path) == 0 else {
            let number = errno
            unlink(temporary)
            throw Failure(creating: path, number)
        }
    }

    /// Writes to a name that the user gave: a file, which is emptied first, or a pipe or device.
    static func write(_ content: [UInt8], to path: String) throws(Failure) {
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY
        let descriptor = open(path, flags, 0o600)
        guard descriptor >= 0 else {
            let number = errno
            guard number == ELOOP else { throw Failure(creating: path, number) }
            throw Failure(.cannotCreate, "cannot create \(path): it is a symbolic link", advice: "name the file itself")
        }
        defer { close(descriptor) }
        try content.withUnsafeBufferPointer { bytes throws(Failure) in
            try self.write(UnsafeRawBufferPointer(bytes), to: descriptor, path)
        }
    }

    private static func temporary(
        beside path: String,
        mode: mode_t,
        _ pieces: [UnsafeRawBufferPointer]
    ) throws(Failure) -> String {
        guard let slash = path.lastIndex(of: "/"), let random = try? RandomBytes.generate(count: 8) else {
            throw Failure(creating: path, EINVAL)
        }
        let name = "\(path[..<slash])/.\(path[path.index(after: slash)...]).\(Hexadecimal.string(random))"
        let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Failure(creating: path, errno) }
        defer { close(descriptor) }
        do throws(Failure) {
            for piece in pieces { try self.write(piece, to: descriptor, path) }
            // The umask has no say in what a file is for.
            guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else { throw Failure(creating: path, errno) }
        } catch {
            unlink(name)
            throw error
        }
        return name
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ path: String) throws(Failure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = UnsafeRawBufferPointer(rebasing: rest)
            #if canImport(Glibc)
                let count = Glibc.write(descriptor, piece.baseAddress, piece.count)
            #else
                let count = Musl.write(descriptor, piece.baseAddress, piece.count)
            #endif
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw Failure(.ioError, "cannot write to \(path): \(systemErrorText(errno))")
            }
            rest = rest.dropFirst(count)
        }
    }
}
