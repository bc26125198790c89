import ArgumentParser

/// `imapscope rules`
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "The language of filters: what can be asked of a session.",
        discussion: """
            EXAMPLES:
              imapscope rules fields
              imapscope rules fields auth
            """,
        subcommands: [FieldsCommand.self]
    )

    /// `imapscope rules fields`
    struct FieldsCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fields",
            abstract: "Every field of the filter language with its type and meaning.",
            discussion: """
                A field is compared with == != < <= > >= contains matches in, and conditions are joined with and, or, not \
                and parentheses. A field alone asks whether there is one. tshark's names, such as \
                imap.request.command, mean the same here.

                EXAMPLES:
                  imapscope rules fields
                  imapscope rules fields latency
                """
        )

        @Argument(help: ArgumentHelp("Show only fields whose name or meaning holds this word.", valueName: "word"))
        var word: String?

        func run() throws {
            let output = StandardOutput()
            try FieldTable(width: TerminalWidth.columns(isTerminal: output.isTerminal))
                .write(matching: self.word, to: output)
            try output.finish()
        }
    }
}
