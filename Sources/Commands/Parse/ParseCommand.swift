import ArgumentParser

/// `imapscope parse`
struct ParseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Frame and explain raw octets of one direction.",
        discussion: """
            Each message is shown with its place in the input, its kind and what is wrong with it. Passwords and other \
            secrets are masked. With --from client the server's side is not known: literals count as accepted, \
            AUTHENTICATE as challenged and IDLE as granted.

            EXAMPLES:
              imapscope parse --from server session.server
              imapscope parse --from client --format jsonl - < session.client
              printf 'a1 login joe secret\\r\\n' | imapscope parse --from client
            """
    )

    @Option(help: ArgumentHelp("Which peer sent the octets: client or server.", valueName: "peer"))
    var from: String?

    @Argument(help: ArgumentHelp("The file to read; - or nothing is standard input.", valueName: "file"))
    var file: String?

    @Option(help: ArgumentHelp("text or jsonl; jsonl when standard output is no terminal.", valueName: "format"))
    var format: String?

    @Option(
        help: ArgumentHelp(
            "With text: 0 only totals, 1 messages without notes, 2 with notes, 3 longer pieces of literals, 4 literals whole.",
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
        var settings = Settings(scope: .parse, file: file)
        let output = StandardOutput()
        let source: StreamSource? = try settings.value(.from, self.from, absence: "required")
        let format: ReportFormat = try settings.value(.format, self.format, default: output.isTerminal ? .text : .jsonl)
        let detail: Amount<DetailBounds> = try settings.value(.detail, self.detail, default: Amount(2))
        let filter = try self.filter.decide(&settings)
        let appearance = try self.transcript.decide(&settings, isTerminal: output.isTerminal)
        let rules = try self.rules.decide(&settings, revealsSecrets: appearance.revealsSecrets)
        if self.configurationOptions.printConfig {
            output.write(settings.printed(path: file?.path))
        } else {
            guard let source else {
                throw UsageError(option: "--from", text: "say which peer sent the octets, client or server")
            }
            let run = ParseRun(
                source: source,
                format: format,
                detail: detail.number,
                appearance: appearance,
                filter: filter,
                rules: rules
            )
            try run.read(self.file, to: output)
        }
        try output.finish()
    }
}
