import IMAPSession
import Reporting

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Where imapscope keeps what has to survive: `$XDG_DATA_HOME/imapscope`, or `~/.local/share/imapscope`.
enum DataDirectory {
    /// A relative XDG_DATA_HOME is ignored, as the XDG specification asks.
    static func path(environment: (String) -> String?) throws(Failure) -> String {
        if let base = environment("XDG_DATA_HOME"), base.hasPrefix("/") { return "\(base)/imapscope" }
        guard let home = environment("HOME"), home.hasPrefix("/") else {
            throw Failure(
                .configuration,
                "there is no place for the certificate authority: neither XDG_DATA_HOME nor HOME is set",
                advice: "XDG_DATA_HOME=/a/folder/of/yours imapscope …"
            )
        }
        return "\(home)/.local/share/imapscope"
    }

    /// Makes the folder and those above it that are missing, all for the owner only.
    static func create(_ path: String) throws(Failure) {
        var made = ""
        for name in path.split(separator: "/") {
            made += "/\(name)"
            guard mkdir(made, 0o700) != 0, errno != EEXIST else { continue }
            let number = errno
            // A folder above it may not be ours to write, but there already.
            var status = stat()
            if stat(made, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { continue }
            throw Failure(creating: made, number)
        }
    }
}

extension Failure {
    /// What cannot be created is a matter of rights, or of the place.
    init(creating path: String, _ number: Int32) {
        self.init(
            number == EACCES || number == EPERM ? .noPermission : .cannotCreate,
            "cannot create \(path): \(systemErrorText(number))",
            advice: "choose a place that you may write to"
        )
    }
}
