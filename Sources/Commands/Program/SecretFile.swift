import IMAPSession
import Reporting
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file whose only line is a password or token, as a rule names it with `from-file`.
enum SecretFile {
    /// Tokens of OAuth are a few kilobytes at most; a wrong file name should not fill the memory.
    static let limit = 65_536

    /// Reads the secret, if nobody else can: through no symbolic link, from a file that is the user's own.
    static func load(_ path: String) throws(SecretFileError) -> Secret {
        // Opening a pipe that nobody writes to would wait for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw SecretFileError(path: path, reason: errno == ELOOP ? .symbolicLink : .unreadable(errno: errno))
        }
        defer { close(descriptor) }
        if let reason = self.objection(to: descriptor) { throw SecretFileError(path: path, reason: reason) }
        var content = [UInt8](repeating: 0, count: self.limit + 1)
        defer { content.withUnsafeMutableBytes { if let base = $0.baseAddress { explicit_bzero(base, $0.count) } } }
        var count = 0
        while count < content.count {
            let length = content.withUnsafeMutableBytes { bytes in
                #if canImport(Glibc)
                    Glibc.read(descriptor, bytes.baseAddress! + count, bytes.count - count)
                #else
                    Musl.read(descriptor, bytes.baseAddress! + count, bytes.count - count)
                #endif
            }
            if length < 0, errno == EINTR { continue }
            guard length >= 0 else { throw SecretFileError(path: path, reason: .unreadable(errno: errno)) }
            if length == 0 { break }
            count += length
        }
        guard count <= self.limit else { throw SecretFileError(path: path, reason: .tooLarge) }
        if count > 0, content[count - 1] == 0x0A { count -= 1 }
        if count > 0, content[count - 1] == 0x0D { count -= 1 }
        guard count > 0 else { throw SecretFileError(path: path, reason: .empty) }
        guard !content[..<count].contains(where: { $0 == 0 || $0 == 0x0A || $0 == 0x0D }) else {
            throw SecretFileError(path: path, reason: .notOneLine)
        }
        return Secret(content[..<count])
    }

    /// Of the file itself, not of its name: nobody can exchange it in between.
    private static func objection(to descriptor: Int32) -> SecretFileError.Reason? {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .unreadable(errno: errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { return .notRegular }
        guard status.st_uid == geteuid() else { return .otherOwner }
        guard status.st_mode & 0o077 == 0 else { return .open(mode: Int(status.st_mode & 0o777)) }
        return nil
    }
}

/// Why a file is not taken for a secret. Nothing of its content is told.
struct SecretFileError: Error, Hashable, CustomStringConvertible {
    enum Reason: Hashable {
        case unreadable(errno: Int32)
        case symbolicLink
        case notRegular
        /// It belongs to another user, who could read and change it.
        case otherOwner
        /// Others than its owner may read or write it.
        case open(mode: Int)
        case empty
        case notOneLine
        case tooLarge
    }

    var path: String
    var reason: Reason

    var description: String {
        let why =
            switch self.reason {
            case .unreadable(let errno): "cannot be read: \(systemErrorText(errno))"
            case .symbolicLink: "is a symbolic link; a secret must be named itself"
            case .notRegular: "is no regular file"
            case .otherOwner: "belongs to another user"
            case .open(let mode):
                "has mode 0\(String(mode, radix: 8)): others can get at it, and it holds a secret"
            case .empty: "is empty"
            case .notOneLine: "has more than one line, or octets that no password may have"
            case .tooLarge: "is larger than \(SecretFile.limit) octets"
            }
        return "\(self.path) \(why)"
    }
}

extension SecretFileError: ReportableError {
    var summary: String { self.description }
    var blame: Blame { .configuration }

    var advice: String? {
        switch self.reason {
        case .open: "chmod 600 \(self.path)"
        case .otherOwner: "chown it to the user who runs imapscope"
        case .empty, .notOneLine: "write the password or token into it, alone on its line"
        case .unreadable, .symbolicLink, .notRegular, .tooLarge: nil
        }
    }

    var exitCode: ExitCode {
        switch self.reason {
        case .unreadable(let errno) where errno == EACCES || errno == EPERM: .noPermission
        case .unreadable: .noInput
        default: .configuration
        }
    }
}
