import ArgumentParser

/// The options of commands that read packets: what is looked for in them, and what becomes of it.
struct PacketReadingOptions: ParsableArguments {
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
    @OptionGroup var audit: LiveAuditOptions
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
}
