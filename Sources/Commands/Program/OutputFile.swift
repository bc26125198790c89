import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Files that the user named for output.
enum OutputFile {
    /// Opens `path` for writing and empties it. Nobody else may read it, and no symbolic link is followed.
    static func create(_ path: String) throws(Failure) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0o600)
        guard descriptor >= 0 else {
            let number = errno
            guard number == ELOOP else { throw Failure(creating: path, number) }
            throw Failure(.cannotCreate, "cannot create \(path): it is a symbolic link", advice: "name the file itself")
        }
        return descriptor
    }
}
