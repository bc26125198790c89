import ArgumentParser
import RuleEngine
import ShippedRules

/// `imapscope probe client`
struct ProbeClientCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client",
        abstract: "Lead a mail client through the attacks on STARTTLS, one a connection, and judge what it does.",
        discussion: """
            Listens, with a mail server of its own behind it, and attacks each connection with the next pack. Let the client \
            connect as often as there are packs. It ends when all are done, or at Ctrl-C with what there is; the exit \
            status is 1 when the client did something weak. Test clients that are yours, or whose owner has asked you to.

            EXAMPLES:
              imapscope probe client -l imap://127.0.0.1:1143
              imapscope probe client -l imap://127.0.0.1:1143 --packs attack-strip-starttls,attack-preauth
            """
    )

    @Option(name: .shortAndLong, help: ArgumentHelp("imap://host:port, which offers STARTTLS.", valueName: "url"))
    var listen: String

    @Option(help: ArgumentHelp("Names of attack packs, separated by commas; all of them.", valueName: "names"))
    var packs: String?

    @Option(help: ArgumentHelp("The user that the server knows; \(ProbeClientRun.user).", valueName: "name"))
    var user: String = ProbeClientRun.user

    @OptionGroup var password: PasswordOptions

    @Option(help: ArgumentHelp("Show clients this certificate chain (PEM) instead of minting one.", valueName: "file"))
    var cert: String?

    @Option(help: ArgumentHelp("The private key of --cert (PEM); else it stands in the same file.", valueName: "file"))
    var key: String?

    @Flag(help: "Show --cert though the client should refuse it.")
    var allowBadCert = false

    @Option(help: ArgumentHelp("text or json.", valueName: "format"))
    var format: String = "text"

    func run() throws {
        let url: ServerURL
        let format: ProbeFormat
        do throws(SettingValueError) {
            url = try ListenURL(setting: self.listen).url
        } catch {
            throw UsageError(option: "--listen", text: error.description, excerpt: error.excerpt)
        }
        do throws(SettingValueError) {
            format = try ProbeFormat(setting: self.format)
        } catch {
            throw UsageError(option: "--format", text: error.description)
        }
        guard url.scheme == .imap else {
            throw UsageError(option: "--listen", text: "the attacks are on STARTTLS, which only imap:// has")
        }
        guard self.key == nil || self.cert != nil else { throw UsageError(option: "--key", text: "--cert is missing") }
        guard !self.user.isEmpty, !self.user.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 < 0x20 }) else {
            throw UsageError(option: "--user", text: "the name is empty, or has a colon or control characters")
        }
        let tls = TLSOptions.Decided(
            certificate: try self.cert.map { try FilePath(setting: $0) },
            key: try self.key.map { try FilePath(setting: $0) },
            allowsBadCertificates: self.allowBadCert,
            isInsecure: false,
            minimum: .tls12,
            handshakeTimeout: 30
        )
        try ProbeClientRun(
            url: url,
            packs: try self.chosen(),
            user: self.user,
            password: try self.password.password(),
            tls: tls,
            format: format
        ).run()
    }

    private func chosen() throws -> [PackWalk.Pack] {
        let all = ShippedRules.files.map(\.name).filter { $0.hasPrefix("attack-") }
        let names = self.packs?.split(separator: ",").map(String.init) ?? all
        guard !names.isEmpty else { throw UsageError(option: "--packs", text: "no name is given") }
        return try names.map { name in
            guard all.contains(name) else {
                throw UsageError(option: "--packs", text: SettingValueError(name, choices: all).description)
            }
            let file = try RuleSource(setting: name).load()
            return PackWalk.Pack(name: name, about: file.about, rules: RuleSet(file.rules))
        }
    }
}
