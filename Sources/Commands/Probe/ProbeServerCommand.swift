import ArgumentParser
import Probing
import Reporting

/// `imapscope probe server`
struct ProbeServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "server",
        abstract: "Test one server: STARTTLS, TLS versions and suites, certificate, cleartext logins, limits.",
        discussion: """
            Connects to the server that is named and to no other. The plan is printed first, and nothing is sent before \
            you have agreed, on the terminal or by --yes. No more than three logins fail in a run. The exit status is 1 \
            when a test found a weakness. Test servers that are yours, or whose owner has asked you to.

            EXAMPLES:
              imapscope probe server imap://mail.example.org
              imapscope probe server imaps://mail.example.org --user fred --password-prompt
              imapscope probe server imap://localhost:143 --yes --format json
            """
    )

    @Argument(help: ArgumentHelp("imap:// (which includes STARTTLS), imap+starttls:// or imaps://.", valueName: "url"))
    var url: String

    @Flag(help: "Go on without asking.")
    var yes = false

    @Option(help: ArgumentHelp("A user of the server.", valueName: "name"))
    var user: String?

    @OptionGroup var password: PasswordOptions

    @Option(help: ArgumentHelp("text or json.", valueName: "format"))
    var format: String = "text"

    @Flag(help: "Send the password though the certificate of the server does not verify.")
    var insecure = false

    @Option(
        name: .customLong("upstream-ca"),
        help: ArgumentHelp("Trust the server by these certificates (PEM) instead of the system's.", valueName: "file")
    )
    var upstreamCA: String?

    func run() throws {
        let url: UpstreamURL
        let format: ProbeFormat
        do throws(SettingValueError) {
            url = try UpstreamURL(setting: self.url)
        } catch {
            throw UsageError(option: "URL", text: error.description, excerpt: error.excerpt)
        }
        do throws(SettingValueError) {
            format = try ProbeFormat(setting: self.format)
        } catch {
            throw UsageError(option: "--format", text: error.description)
        }
        let asksForPassword = self.password.passwordFile != nil || self.password.passwordPrompt
        guard self.user != nil || !asksForPassword else {
            throw UsageError(option: "--user", text: "whose password it is must be said")
        }
        guard self.user?.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) ?? true, self.user != "" else {
            throw UsageError(option: "--user", text: "the name is empty or has control characters")
        }
        try ProbeServerRun(
            url: url.url,
            user: self.user,
            password: self.password,
            format: format,
            isInsecure: self.insecure,
            authority: self.upstreamCA,
            isAgreed: self.yes
        ).run()
    }
}

/// `--format` of a probe.
enum ProbeFormat: String, ChoiceSetting {
    case text
    case json
}
