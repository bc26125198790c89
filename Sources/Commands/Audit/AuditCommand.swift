import ArgumentParser
import Reporting

/// `imapscope audit`
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Judge how clients and servers log in, and name every weakness, from packet captures.",
        discussion: """
            Reads what decode reads, lets the checks of the catalogue look at every session, and reports what they find by \
            severity, with where it was seen, why it matters and what to do. A policy says what counts: default, strict or \
            rfc, or a YAML file. With passwords the proofs of both sides are verified. Secrets are masked, and no password \
            is ever printed.

            EXAMPLES:
              imapscope audit capture.pcapng
              imapscope audit monday.pcap.gz --policy strict --fail-on high
              imapscope audit capture.pcap --keylog sslkeys.log --passwords passwords.txt
              imapscope audit capture.pcap --format sarif > audit.sarif
              imapscope audit --list-checks
            """
    )

    @Argument(help: ArgumentHelp("Captures; - is standard input.", valueName: "file"))
    var captures: [String] = []

    @Option(help: ArgumentHelp("Take connections on this port for IMAP too; repeats.", valueName: "n"))
    var port: [String] = []

    @Option(help: ArgumentHelp("default, strict, rfc, or a YAML file.", valueName: "policy"))
    var policy: String?

    @Option(help: ArgumentHelp("text, json, sarif, html or md.", valueName: "format"))
    var format: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Remember what each server offers, and tell what it has lost since earlier runs."
    )
    var baselines: Bool?

    @Option(
        help: ArgumentHelp(
            "End with status 1 when something this bad or worse was found: info, low, medium, high or critical.",
            valueName: "severity"
        )
    )
    var failOn: String?

    @Flag(help: "Name every check, its severity and reference, and those that are not there with the reason.")
    var listChecks = false

    @OptionGroup var decryption: DecryptionOptions
    @OptionGroup var verification: VerificationOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var transcript: TranscriptOptions

    @Flag(name: .shortAndLong, inversion: .prefixedNo, help: "Say nothing on standard error but errors.")
    var quiet: Bool?

    @OptionGroup var configurationOptions: ConfigurationOptions

    func run() throws {
        let output = StandardOutput()
        if self.listChecks {
            output.write(CheckList().text)
            try output.finish()
            return
        }
        let file = try ConfigurationFile.load(option: self.configurationOptions.config)
        var decisions = Settings(scope: .audit, file: file)
        let settings = try AuditSettings(self, &decisions, isTerminal: output.isTerminal)
        if self.configurationOptions.printConfig {
            output.write(decisions.printed(path: file?.path))
            try output.finish()
            return
        }
        guard !settings.decode.paths.isEmpty else {
            throw UsageError(option: "audit", text: "name a capture, or - for standard input")
        }
        try AuditRun(settings: settings).run(output)
    }
}
