import AuditChecks
import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What servers have offered in earlier runs: a file for each, `$XDG_DATA_HOME/imapscope/baselines/host:port`.
struct BaselineFiles: Sendable {
    var folder: String

    /// No server offers so much.
    private static let limit = 1 << 16

    init(environment: (String) -> String?) throws(Failure) {
        self.folder = "\(try DataDirectory.path(environment: environment))/baselines"
    }

    func read() throws -> CapabilityBaselines {
        var baselines = CapabilityBaselines()
        guard let directory = opendir(self.folder) else {
            // The first run has none.
            guard errno != ENOENT else { return baselines }
            throw Failure(.noPermission, "cannot read \(self.folder): \(systemErrorText(errno))")
        }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard !name.hasPrefix(".") else { continue }
            let path = "\(self.folder)/\(name)"
            let content = try InputFile.contents(of: path, limit: Self.limit)
            guard baselines.read(String(decoding: content, as: UTF8.self), of: name) else {
                throw Failure(
                    .configuration,
                    "\(path) is no baseline of capabilities",
                    advice: "delete it, and it is learnt again"
                )
            }
        }
        return baselines
    }

    /// Writes what was learnt in this run.
    func write(_ baselines: CapabilityBaselines) throws(Failure) {
        guard !baselines.changed.isEmpty else { return }
        try DataDirectory.create(self.folder)
        for server in baselines.changed where !server.contains("/") && !server.hasPrefix(".") && server.utf8.count < 200
        {
            try SafeFile.replace("\(self.folder)/\(server)", mode: 0o600, Array(baselines.text(of: server).utf8))
        }
    }
}
