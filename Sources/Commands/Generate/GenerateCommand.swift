import ArgumentParser

/// `imapscope generate`: what `make install` and `make reference` need; not for users, so no help shows it.
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Write manual pages or the reference pages of the guide into a folder.",
        discussion: """
            EXAMPLES:
              imapscope generate manual /usr/local/share/man/man1
            """,
        shouldDisplay: false,
        subcommands: [ManualCommand.self, ReferenceCommand.self]
    )

    struct ManualCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "manual",
            abstract: "Write a manual page for each command."
        )

        @Argument(help: "The folder, which must exist.", completion: .directory)
        var folder: String

        func run() throws {
            for page in try ManualPage.all() { try GeneratedFile(page.fileName, page.text).write(into: self.folder) }
        }
    }

    struct ReferenceCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reference",
            abstract: "Write the reference pages of the guide."
        )

        @Argument(help: "The folder, which must exist.", completion: .directory)
        var folder: String

        func run() throws {
            for page in ReferencePage.all { try GeneratedFile(page.fileName, page.text).write(into: self.folder) }
        }
    }
}
