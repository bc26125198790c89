import ArgumentParser

/// `imapscope decode`
struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Show the IMAP sessions in packet captures, as the proxy shows live ones.",
        discussion: """
            Reads pcap and pcapng files, also compressed with gzip, zstd or lz4; several files are read as one, by time. \
            Sessions are found on ports 143, 993 and 220, on each --port, and elsewhere by what is said. What the capture \
            lacks is told as gaps. TLS is decrypted with --keylog, --tls-key, or the keys in a pcapng file. Passwords and other secrets are masked. Totals go to standard error.

            EXAMPLES:
              imapscope decode capture.pcapng
              imapscope decode monday.pcap.gz tuesday.pcap.gz --detail 1
              imapscope decode capture.pcap --format none --jsonl events.jsonl --extract streams
              imapscope decode capture.pcap --format none --html report.html --pcap cleartext.pcapng --export-mail mail
              imapscope decode capture.pcap --keylog sslkeys.log
              imapscope decode capture.pcap -Y 'command == fetch and latency > 200ms'
              imapscope decode capture.pcap --rules share-safe > for-the-bug-report.txt
              tcpdump -w - port 143 | imapscope decode -
            """
    )

    @Argument(help: ArgumentHelp("Captures; - is standard input.", valueName: "file"))
    var captures: [String] = []

    @Option(
        name: .customShort("r"),
        help: ArgumentHelp("Another capture, as tcpdump and tshark name theirs; repeats.", valueName: "file")
    )
    var read: [String] = []

    @Option(help: ArgumentHelp("Take connections on this port for IMAP too; repeats.", valueName: "n"))
    var port: [String] = []

    @Option(
        help: ArgumentHelp(
            "Write each session's streams, secrets masked, to DIR/n.client and DIR/n.server, and DIR/sessions.jsonl.",
            valueName: "dir"
        )
    )
    var extract: String?

    @Option(
        help: ArgumentHelp(
            "Write each message that was fetched or appended whole to a file of its own, DIR/n-m.eml, and DIR/messages.jsonl.",
            valueName: "dir"
        )
    )
    var exportMail: String?

    @OptionGroup var decryption: DecryptionOptions
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

    @OptionGroup var filter: FilterOptions
    @OptionGroup var rules: RuleOptions
    @OptionGroup var transcript: TranscriptOptions

    @Option(help: ArgumentHelp("Write every event to this file, one JSON object a line.", valueName: "file"))
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
            "Follow at most so many connections at once; the one that was silent longest goes first.",
            valueName: "n"
        )
    )
    var maxFlows: String?

    @Option(
        help: ArgumentHelp(
            "Forget connections that were silent for so many seconds of the capture.",
            valueName: "seconds"
        )
    )
    var flowTimeout: String?

    @Flag(name: .shortAndLong, inversion: .prefixedNo, help: "Say nothing on standard error but errors.")
    var quiet: Bool?

    @OptionGroup var configurationOptions: ConfigurationOptions

    func run() throws {
        let file = try ConfigurationFile.load(option: self.configurationOptions.config)
        var decisions = Settings(scope: .decode, file: file)
        let output = StandardOutput()
        let settings = try DecodeSettings(self, &decisions, isTerminal: output.isTerminal)
        if self.configurationOptions.printConfig {
            output.write(decisions.printed(path: file?.path))
            try output.finish()
            return
        }
        guard !settings.paths.isEmpty else {
            throw UsageError(option: "decode", text: "name a capture, or - for standard input")
        }
        try DecodeRun(settings: settings).run(output)
    }
}
