import IMAPSession
import Reporting
import SessionStore

extension Failure {
    /// A store that cannot be written.
    init(writing error: StoreError) {
        self.init(error, unreadable: .cannotCreate)
    }

    /// A store that cannot be read.
    init(reading error: StoreError) {
        self.init(error, unreadable: .noInput)
    }

    private init(_ error: StoreError, unreadable: ExitCode) {
        switch error {
        case .notAStore(let path):
            self.init(
                unreadable == .noInput ? .dataError : unreadable,
                "\(path) is no store of imapscope",
                advice: "give the name of a file that --write made, or of none that exists"
            )
        case .newer(let path, let found, let known):
            self.init(
                unreadable == .noInput ? .dataError : unreadable,
                "\(path) has version \(found) of the schema, and this imapscope knows up to version \(known)",
                advice: "read it with the imapscope that wrote it, or a later one"
            )
        case .holdsSecrets(let path):
            self.init(
                .noPermission,
                "\(path) was recorded with --reveal-secrets: passwords stand in it as they were sent",
                advice: "say --reveal-secrets to read it"
            )
        case .mixesSecrets(let path, let holdsSecrets):
            self.init(
                .cannotCreate,
                holdsSecrets
                    ? "\(path) was recorded with --reveal-secrets, and this run masks secrets"
                    : "secrets are masked in \(path), and this run reveals them",
                advice: "record to another file"
            )
        case .isLink(let path):
            self.init(.cannotCreate, "cannot write \(path): it is a symbolic link", advice: "name the file itself")
        case .inUse(let path):
            self.init(.cannotCreate, "another imapscope records to \(path)", advice: "record to another file")
        case .cannotOpen(let path, let reason):
            self.init(unreadable, "cannot open \(path): \(reason)")
        case .damaged(let path, let reason):
            self.init(.dataError, "\(path) is damaged: \(reason)", blame: .capture)
        case .cannotWrite(let path, let reason):
            self.init(.ioError, "cannot write to \(path): \(reason)")
        case .noSession(let path, let number):
            self.init(
                .dataError,
                "there is no session \(number) in \(path)",
                advice: "imapscope sessions \(path) lists them"
            )
        }
    }
}
