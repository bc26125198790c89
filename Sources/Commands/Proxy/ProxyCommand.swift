import ArgumentParser

/// `imapscope proxy`
struct ProxyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proxy",
        abstract: "Stand between a mail client and an IMAP server and show what they say.",
        discussion: """
            Everything is relayed untouched, unless rules say otherwise. Passwords and other secrets are masked in every \
            output. Without --listen \
            it listens on imap://127.0.0.1:1143 and imaps://127.0.0.1:1993. Ctrl-C ends it after the open sessions were told.

            EXAMPLES:
              imapscope proxy --upstream imaps://mail.example.org
              imapscope proxy -l imap://:2143 -u imap://127.0.0.1:143 --jsonl session.jsonl
              imapscope proxy -u imap://127.0.0.1:143 --passwords users --detail 3
              imapscope proxy -u imap://127.0.0.1:143 'command == FETCH and latency > 200ms'
            """
    )

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Listen here, imap://host:port or imaps://host:port; repeats. Without host: this machine.",
            valueName: "url"
        )
    )
    var listen: [String] = []

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The server: imap://host, imaps://host or imap+starttls://host; ports 143, 993, 143 if none.",
            valueName: "url"
        )
    )
    var upstream: String?

    @Option(
        help: ArgumentHelp(
            "STARTTLS on cleartext listeners: offer (the default), require (no login without) or never.",
            valueName: "policy"
        )
    )
    var starttls: String?

    @OptionGroup var tls: TLSOptions

    @OptionGroup var verification: VerificationOptions

    @Option(help: ArgumentHelp("The transcript on standard output: text, jsonl or none.", valueName: "format"))
    var format: String?

    @Option(
        help: ArgumentHelp(
            "0 one line per session, 1 per exchange, 2 each message with its note, 3 nothing folded, 4 everything.",
            valueName: "0…4"
        )
    )
    var detail: String?

    @Argument(help: ArgumentHelp("The same as --filter, as one argument.", valueName: "filter"))
    var expression: String?

    @OptionGroup var filter: FilterOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var audit: LiveAuditOptions
    @OptionGroup var wire: WireOptions
    @OptionGroup var transcript: TranscriptOptions

    @Option(
        help: ArgumentHelp(
            "Write every event to this file, one JSON object a line. What was in it goes; SIGUSR1 opens it again, to append.",
            valueName: "file"
        )
    )
    var jsonl: String?

    @OptionGroup var files: FileOutputOptions

    @Option(
        help: ArgumentHelp(
            "The fields of JSON objects, separated by commas; all if not given. The guide on JSON lines names them.",
            valueName: "a,b,c"
        )
    )
    var fields: String?

    @Option(
        help: ArgumentHelp(
            "pause the traffic, or drop messages from the output and count them, when an output is slow. Without it "
                + "standard output drops and files pause.",
            valueName: "policy"
        )
    )
    var onSlowOutput: String?

    @Option(help: ArgumentHelp("Turn away further clients.", valueName: "n"))
    var maxConnections: String?

    @Option(help: ArgumentHelp("Give up connecting to the server after so many seconds.", valueName: "seconds"))
    var connectTimeout: String?

    @Option(
        help: ArgumentHelp(
            "End clients that have not logged in after so many seconds; 300, 0: never.",
            valueName: "seconds"
        )
    )
    var loginTimeout: String?

    @Option(help: ArgumentHelp("Threads that relay; one per processor if not given.", valueName: "n"))
    var threads: String?

    @Flag(name: .shortAndLong, inversion: .prefixedNo, help: "Say nothing on standard error but errors.")
    var quiet: Bool?

    @Flag(name: .shortAndLong, inversion: .prefixedNo, help: "Say more on standard error; totals at the end.")
    var verbose: Bool?

    @OptionGroup var configurationOptions: ConfigurationOptions

    func run() throws {
        let file = try ConfigurationFile.load(option: self.configurationOptions.config)
        var decisions = Settings(scope: .proxy, file: file)
        let output = StandardOutput()
        let settings = try ProxySettings(self, &decisions, isTerminal: output.isTerminal)
        if self.configurationOptions.printConfig {
            output.write(decisions.printed(path: file?.path))
            try output.finish()
            return
        }
        guard let upstream = settings.upstream else {
            throw UsageError(option: "--upstream", text: "say which server to connect to")
        }
        try ProxyRun(settings: settings, upstream: upstream).run()
    }
}
