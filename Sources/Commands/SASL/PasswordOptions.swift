import ArgumentParser
import Reporting
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Where one password comes from. Never from an argument: every user of the machine sees those.
struct PasswordOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The only line of this file, which nobody else may be able to read, is the password or token.",
            valueName: "file"
        )
    )
    var passwordFile: String?

    @Flag(help: "Ask for the password on the terminal.")
    var passwordPrompt = false

    /// Nil when neither option was given.
    func password() throws -> Secret? {
        if let path = self.passwordFile {
            guard !self.passwordPrompt else {
                throw UsageError(option: "--password-prompt", text: "the password comes from --password-file already")
            }
            return try SecretFile.load(path)
        }
        return self.passwordPrompt ? try PasswordPrompt.ask("Password: ") : nil
    }

    /// The same, or else the first line of standard input.
    func neededPassword() throws -> Secret {
        if let password = try self.password() { return password }
        var content = try InputFile.contents(of: "-", limit: SecretFile.limit)
        defer { content.withUnsafeMutableBytes { if let base = $0.baseAddress { explicit_bzero(base, $0.count) } } }
        var line = content.prefix { $0 != 0x0A }
        if line.last == 0x0D { line.removeLast() }
        guard !line.isEmpty else {
            throw Failure(
                .dataError,
                "standard input has no password",
                advice: "write it there, or use --password-prompt or --password-file"
            )
        }
        return Secret(line)
    }
}
