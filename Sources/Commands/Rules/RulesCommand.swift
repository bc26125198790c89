import ArgumentParser
import Reporting

/// `imapscope rules`
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Rule files and the language of filters: list, show, check and test them.",
        discussion: """
            EXAMPLES:
              imapscope rules fields
              imapscope rules show redact-extra > mine.yaml
              imapscope rules check mine.yaml
              imapscope rules test mine.yaml
            """,
        subcommands: [
            ListCommand.self, ShowCommand.self, CheckCommand.self, TestCommand.self, FieldsCommand.self,
        ]
    )

    /// `imapscope rules list`
    struct ListCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "The rules that come with imapscope, and the parts of a session that rules can hide.",
            discussion: """
                EXAMPLES:
                  imapscope rules list
                """
        )

        func run() throws {
            let output = StandardOutput()
            try RulesRun(output: output).list()
            try output.finish()
        }
    }

    /// `imapscope rules show`
    struct ShowCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Print a rule file that comes with imapscope.",
            discussion: """
                EXAMPLES:
                  imapscope rules show share-safe
                  imapscope rules show redact-extra > mine.yaml
                """
        )

        @Argument(help: ArgumentHelp("The name that imapscope rules list gives.", valueName: "name"))
        var name: String

        func run() throws {
            let output = StandardOutput()
            try RulesRun(output: output).show(self.name)
            try output.finish()
        }
    }

    /// `imapscope rules check`
    struct CheckCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Read rule files and say what is wrong in them.",
            discussion: """
                EXAMPLES:
                  imapscope rules check mine.yaml
                """
        )

        @Argument(help: ArgumentHelp("Files, or names that imapscope rules list gives.", valueName: "file|name"))
        var files: [String]

        func run() throws {
            let output = StandardOutput()
            for file in self.files { try RulesRun(output: output).check(file) }
            try output.finish()
        }
    }

    /// `imapscope rules test`
    struct TestCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Run the examples in rule files; exit status 1 when one comes out otherwise.",
            discussion: """
                EXAMPLES:
                  imapscope rules test mine.yaml
                  imapscope rules test share-safe
                """
        )

        @Argument(help: ArgumentHelp("Files, or names that imapscope rules list gives.", valueName: "file|name"))
        var files: [String]

        func run() throws {
            let output = StandardOutput()
            var failures = 0
            for file in self.files { failures += try RulesRun(output: output).test(file) }
            try output.finish()
            if failures > 0 { throw EndOfCommand(exitCode: .findings) }
        }
    }

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
                  imapscope rules fields --format json
                """
        )

        @Option(help: ArgumentHelp("text, or json: an array of objects.", valueName: "format"))
        var format: String?

        @Argument(help: ArgumentHelp("Show only fields whose name or meaning holds this word.", valueName: "word"))
        var word: String?

        func run() throws {
            let output = StandardOutput()
            let format: FieldListFormat
            do throws(SettingValueError) {
                format = try self.format.map(FieldListFormat.init(setting:)) ?? .text
            } catch {
                throw UsageError(option: "--format", text: error.description)
            }
            let fields = try FieldTable.fields(matching: self.word)
            switch format {
            case .text:
                FieldTable(width: TerminalWidth.columns(isTerminal: output.isTerminal)).write(fields, to: output)
            case .json: output.write(FieldsJSON.text(fields))
            }
            try output.finish()
        }
    }
}
