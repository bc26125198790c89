import ArgumentParser

/// `imapscope decode`
struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "Show the IMAP sessions in packet captures, as the proxy shows live ones.",
        discussion: """
            Reads pcap and pcapng files, also compressed with gzip, zstd or lz4; several files are read as one, by time. \
            Sessions are found on ports 143, 993 and 220, on each --port, and elsewhere by what is said. What the capture \
            lacks is told as gaps. TLS is decrypted with --keylog, --tls-key, or the keys in a pcapng file. Passwords and other secrets are masked. Totals go to standard error. \
            Stores and logs of other programs are read too: Dovecot rawlog, Cyrus telemetry, curl, mbsync, fetchmail, \
            offlineimap, neomutt, imaplib, Thunderbird, MailKit, and dialogues pasted from anywhere.

            EXAMPLES:
              imapscope decode capture.pcapng
              imapscope decode monday.pcap.gz tuesday.pcap.gz --detail 1
              imapscope decode capture.pcap --format none --jsonl events.jsonl --extract streams
              imapscope decode capture.pcap --format none --html report.html --pcap cleartext.pcapng --export-mail mail
              imapscope decode capture.pcap --keylog sslkeys.log
              imapscope decode capture.pcap -Y 'command == fetch and latency > 200ms'
              imapscope decode capture.pcap --rules share-safe > for-the-bug-report.txt
              imapscope decode thunderbird.log --detail 3
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

    @Option(
        help: ArgumentHelp(
            "The files are logs in this format, whatever they look like: rawlog, curl, imaplib, dialogue, telnet and others.",
            valueName: "format"
        )
    )
    var from: String?

    @OptionGroup var reading: PacketReadingOptions
    @OptionGroup var configurationOptions: ConfigurationOptions

    func run() throws {
        let file = try ConfigurationFile.load(option: self.configurationOptions.config)
        var decisions = Settings(scope: .decode, file: file)
        let output = StandardOutput()
        var settings = try DecodeSettings(
            self.read + self.captures,
            self.reading,
            &decisions,
            isTerminal: output.isTerminal
        )
        settings.logFormat = self.from
        if self.configurationOptions.printConfig {
            output.write(decisions.printed(path: file?.path))
            try output.finish()
            return
        }
        guard !settings.paths.isEmpty else {
            throw UsageError(option: "decode", text: "name a capture, or - for standard input")
        }
        let audit = try settings.audit.map { try AuditEngines($0) }
        try DecodeRun(settings: settings, audit: audit?.make()).run(output)
        try audit?.finish()
    }
}
