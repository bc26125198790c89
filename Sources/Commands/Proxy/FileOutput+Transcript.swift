public import ProxyServer
public import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension FileOutput: TranscriptOutput {}

extension FileOutput.SlowPolicy {
    init(_ policy: SlowOutputPolicy) {
        switch policy {
        case .pause: self = .pause
        case .drop: self = .drop
        }
    }
}

extension Failure {
    /// An output file that cannot be created.
    init(_ error: OutputError) {
        let isPermission = error.errno == EACCES || error.errno == EPERM
        self.init(
            isPermission ? .noPermission : .cannotCreate,
            "cannot create \(error.path): \(error.errno == ELOOP ? "it is a symbolic link" : systemErrorText(error.errno))",
            advice: "give the name of a file in a folder that you may write to"
        )
    }
}
