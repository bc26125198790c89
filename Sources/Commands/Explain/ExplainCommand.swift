import ArgumentParser
import IMAPProtocol

/// `imapscope explain`
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say what a command, response, code, capability, flag, quirk or raw line is.",
        discussion: """
            Names are taken in any case and as they stand on the wire: UID FETCH, AUTH=CRAM-MD5, [COPYUID], '\\Seen', \
            'BODY.PEEK[HEADER]'. A name that means several things is explained in each sense. A line of a client or a \
            server is framed, noted and taken apart; passwords and other secrets in it are masked. Without arguments, \
            or with -, each line of standard input is explained; C: or S: before a line says who sent it.

            EXAMPLES:
              imapscope explain COPYUID
              imapscope explain 'a1 UID FETCH 1:* (FLAGS)'
              imapscope explain '* OK [UIDNEXT 5] Predicted'
              imapscope explain --list capabilities
              imapscope explain --format json QRESYNC
            """
    )

    @Argument(
        help: ArgumentHelp(
            "A name or a line; - or nothing is standard input. With --list: the kinds to list.",
            valueName: "word|line"
        ),
        completion: .list(NameList.completions)
    )
    var words: [String] = []

    @Flag(help: "List every known name, or those of the kinds that are given.")
    var list = false

    @Option(
        help: ArgumentHelp("Who sent a line that shows it not by itself: client or server.", valueName: "peer"),
        completion: .list(StreamSource.allCases.map(\.rawValue))
    )
    var from: String?

    @Option(
        help: ArgumentHelp("text or json; json is one object for each word or line.", valueName: "format"),
        completion: .list(ExplainFormat.allCases.map(\.rawValue))
    )
    var format: String?

    @OptionGroup var transcript: TranscriptOptions
    @OptionGroup var configurationOptions: ConfigurationOptions

    func run() throws {
        let file = try ConfigurationFile.load(option: self.configurationOptions.config)
        var settings = Settings(scope: .explain, file: file)
        let output = StandardOutput()
        let source: StreamSource? = try settings.value(.from, self.from, absence: "each line shows it")
        let format: ExplainFormat = try settings.value(.format, self.format, default: .text)
        let appearance = try self.transcript.decide(&settings, isTerminal: output.isTerminal)
        if self.configurationOptions.printConfig {
            output.write(settings.printed(path: file?.path))
            return try output.finish()
        }
        let report = ExplainReport(
            output: output,
            format: format,
            isColored: appearance.isColored,
            width: TerminalWidth.columns(isTerminal: output.isTerminal)
        )
        if self.list {
            try NameList(kinds: self.words).write(to: report)
        } else {
            if appearance.revealsSecrets {
                writeNotice("--reveal-secrets: passwords and other secrets are shown, not masked")
            }
            let run = ExplainRun(report: report, source: source, appearance: appearance)
            try run.explain(self.words, output: output)
        }
        try output.finish()
        if let failure = report.failure { throw failure }
    }
}

/// `--format` of `explain`.
enum ExplainFormat: String, ChoiceSetting {
    case text
    case json

    init(setting text: String) throws(SettingValueError) {
        // What a configuration file sets for all commands suits this one too.
        guard let value = Self(rawValue: text == "jsonl" ? "json" : text) else {
            throw SettingValueError(text, choices: Self.allCases.map(\.rawValue))
        }
        self = value
    }
}
