import ArgumentParser
import Reporting
import SASL

/// Where the passwords come from that proofs are verified with, in commands that show sessions.
struct VerificationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Verify proofs with the user:password lines of this file.", valueName: "file"))
    var passwords: String?

    @Flag(
        help:
            "Ask for a password on the terminal, and verify the proofs of all users with it that --passwords does not have."
    )
    var passwordPrompt = false
}

/// `--passwords FILE` and `--password-prompt`
enum PasswordInput {
    /// No password file is larger; a wrong file name should not fill the memory.
    private static let limit = 64 << 20

    static func read(_ file: FilePath?, asks: Bool = false) throws -> PasswordFile? {
        var passwords: PasswordFile?
        if let path = file?.path {
            let content = try InputFile.contents(of: path, limit: Self.limit)
            do throws(PasswordFileError) {
                passwords = try PasswordFile(parsing: content)
            } catch {
                throw Failure(.configuration, "\(path), \(error.description)")
            }
        }
        guard asks else { return passwords }
        let typed = Credential.password(try PasswordPrompt.ask("Password to verify proofs with: "))
        guard var known = passwords else { return PasswordFile(others: typed) }
        known.others = typed
        return known
    }
}
