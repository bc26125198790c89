#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What tells that a file is another one or has other content, without reading it.
struct FileStamp: Sendable, Hashable {
    private var device: UInt64
    private var node: UInt64
    private var size: Int64
    private var seconds: Int64
    private var nanoseconds: Int64

    /// Nil when there is no regular file at `path`. Symbolic links are followed: where one leads is what was meant.
    init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        self.device = UInt64(status.st_dev)
        self.node = UInt64(status.st_ino)
        self.size = Int64(status.st_size)
        self.seconds = Int64(status.st_mtim.tv_sec)
        self.nanoseconds = Int64(status.st_mtim.tv_nsec)
    }
}
