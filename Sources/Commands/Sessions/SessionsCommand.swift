import ArgumentParser

/// `imapscope sessions`
struct SessionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions",
        abstract: "List, show, mark and delete the sessions of a store.",
        discussion: """
            A store is what --write of proxy, decode and sniff records: one SQLite file, with secrets masked. Every other \
            output can be made of it: imapscope decode reads it as it reads captures.

            EXAMPLES:
              imapscope sessions day.imapscope
              imapscope sessions day.imapscope --user ann --command FETCH --slower-than 200ms
              imapscope sessions show day.imapscope 3 4
              imapscope sessions tag day.imapscope 3 --add slow --add customer-17
              imapscope sessions comment day.imapscope 3 "sync stops after the second FETCH"
              imapscope sessions delete day.imapscope 5
              imapscope decode day.imapscope --rules share-safe --html day.html --format none
            """,
        subcommands: [
            SessionsListCommand.self, SessionsShowCommand.self, SessionsTagCommand.self, SessionsCommentCommand.self,
            SessionsDeleteCommand.self,
        ],
        defaultSubcommand: SessionsListCommand.self
    )
}

/// Numbers of sessions, as commands take them.
struct SessionNumbers: ParsableArguments {
    @Argument(help: ArgumentHelp("The store.", valueName: "file"))
    var file: String

    @Argument(help: ArgumentHelp("The numbers of sessions.", valueName: "n"))
    var sessions: [Int64]
}
