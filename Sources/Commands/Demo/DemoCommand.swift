import ArgumentParser

/// `imapscope demo`
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Show a whole session through the proxy, no server needed.",
        discussion: """
            A mail client, the proxy and an IMAP server talk to each other over the loopback interface, all in this \
            process; the transcript is what the proxy saw. The session is one that people type by hand to learn IMAP: \
            login with CRAM-MD5, flags, UIDs, searches, folders, COPY, APPEND, IDLE, and an answer that nobody asked for.

            EXAMPLES:
              imapscope demo
              imapscope demo --detail 4 --color always | less -R
              imapscope demo --format jsonl
              imapscope demo -Y 'command == SEARCH'
            """
    )

    @Option(help: ArgumentHelp("text or jsonl.", valueName: "format"))
    var format: String?

    @Option(
        help: ArgumentHelp(
            "0 one line per session, 1 per exchange, 2 each message with its note, 3 nothing folded, 4 everything.",
            valueName: "0…4"
        )
    )
    var detail: String?

    @OptionGroup var filter: FilterOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var transcript: TranscriptOptions
    @OptionGroup var configurationOptions: ConfigurationOptions

    func run() throws {
        let file = try ConfigurationFile.load(option: self.configurationOptions.config)
        var settings = Settings(scope: .demo, file: file)
        let output = StandardOutput()
        let format: ReportFormat = try settings.value(.format, self.format, default: .text)
        let detail: Amount<DetailBounds> = try settings.value(.detail, self.detail, default: Amount(2))
        let filter = try self.filter.decide(&settings)
        let appearance = try self.transcript.decide(&settings, isTerminal: output.isTerminal)
        let rules = try self.rules.decide(&settings, revealsSecrets: appearance.revealsSecrets)
        if self.configurationOptions.printConfig {
            output.write(settings.printed(path: file?.path))
            try output.finish()
            return
        }
        try DemoRun(format: format, detail: detail.number, appearance: appearance, filter: filter, rules: rules)
            .run()
    }
}
