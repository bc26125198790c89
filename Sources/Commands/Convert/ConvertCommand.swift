import ArgumentParser

/// `imapscope convert`
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Write sessions in another format: pcapng, JSON Lines, store, page, transcript, rawlog.",
        discussion: """
            Reads whatever decode reads. The format is that of the output's name, .pcapng, .jsonl, .imapscope, .html or .txt; \
            a name that ends in / or .rawlog is a folder for pairs of files n.in and n.out, as Dovecot's rawlog writes them. \
            Secrets are masked, octet for octet. An existing store is added to; every other file is made anew.

            EXAMPLES:
              imapscope convert capture.pcapng -o day.imapscope
              imapscope convert day.imapscope -o day.pcapng
              imapscope convert day.imapscope -o rawlogs/ --session 3
              imapscope convert capture.pcap -o share.jsonl --rules share-safe
            """
    )

    @Argument(help: ArgumentHelp("What decode reads: captures or a store; - is standard input.", valueName: "file"))
    var inputs: [String]

    @Option(name: .shortAndLong, help: ArgumentHelp("The file, or the folder, to write.", valueName: "file"))
    var output: String

    @Option(
        help: ArgumentHelp("pcapng, jsonl, store, html, text or rawlog, whatever the name says.", valueName: "format")
    )
    var to: String?

    @Option(help: ArgumentHelp("Only this session of a store; repeats.", valueName: "n"))
    var session: [Int64] = []

    @Option(help: ArgumentHelp("Take connections on this port for IMAP too; repeats.", valueName: "n"))
    var port: [String] = []

    @OptionGroup var decryption: DecryptionOptions
    @OptionGroup var rules: RuleOptions

    @Flag(
        inversion: .prefixedNo,
        help: "Write passwords, proofs and tokens instead of masking them. Said aloud wherever it is in force."
    )
    var revealSecrets: Bool?

    @Flag(name: .shortAndLong, inversion: .prefixedNo, help: "Say nothing on standard error but errors.")
    var quiet: Bool?

    @OptionGroup var configurationOptions: ConfigurationOptions

    func run() throws {
        let file = try ConfigurationFile.load(option: self.configurationOptions.config)
        var decisions = Settings(scope: .convert, file: file)
        let settings = try DecodeSettings(self, &decisions)
        let output = StandardOutput()
        if self.configurationOptions.printConfig {
            output.write(decisions.printed(path: file?.path))
            return try output.finish()
        }
        try DecodeRun(settings: settings).run(output)
    }
}
