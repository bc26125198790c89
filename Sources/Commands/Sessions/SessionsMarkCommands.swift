import ArgumentParser
import SessionStore

/// `imapscope sessions tag`
struct SessionsTagCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tag",
        abstract: "Add words to sessions of a store, or take them away."
    )

    @OptionGroup var chosen: SessionNumbers

    @Option(help: ArgumentHelp("Add this word; repeats.", valueName: "word"))
    var add: [String] = []

    @Option(help: ArgumentHelp("Take this word away; repeats.", valueName: "word"))
    var remove: [String] = []

    func run() throws {
        guard !(self.add + self.remove).isEmpty else {
            throw UsageError(option: "tag", text: "say which word to --add or --remove")
        }
        guard (self.add + self.remove).allSatisfy({ !$0.isEmpty && !$0.contains("\n") }) else {
            throw UsageError(option: "tag", text: "a tag is a word or a few, on one line")
        }
        try SessionMarks.change(self.chosen) { store, sessions throws(StoreError) in
            try store.addTags(self.add, to: sessions)
            try store.removeTags(self.remove, from: sessions)
        }
    }
}

/// `imapscope sessions comment`
struct SessionsCommentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comment",
        abstract: "Write a comment on a session of a store; an empty one takes it away."
    )

    @Argument(help: ArgumentHelp("The store.", valueName: "file"))
    var file: String

    @Argument(help: ArgumentHelp("The number of a session.", valueName: "n"))
    var session: Int64

    @Argument(help: ArgumentHelp("What to say of it.", valueName: "text"))
    var text: String

    func run() throws {
        do throws(StoreError) {
            let store = try StoreReader(path: try SessionsListCommand.existing(self.file), changes: true)
            try store.comment(self.text.isEmpty ? nil : self.text, on: [self.session])
        } catch {
            throw Failure(reading: error)
        }
    }
}

/// `imapscope sessions delete`
struct SessionsDeleteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Remove sessions from a store, with all that was recorded of them."
    )

    @OptionGroup var chosen: SessionNumbers

    func run() throws {
        try SessionMarks.change(self.chosen) { store, sessions throws(StoreError) in try store.delete(sessions) }
    }
}

/// Changes of what a store says of its sessions.
enum SessionMarks {
    static func change(
        _ chosen: SessionNumbers,
        _ body: (StoreReader, [Int64]) throws(StoreError) -> Void
    ) throws(Failure) {
        do throws(StoreError) {
            try body(
                try StoreReader(path: try SessionsListCommand.existing(chosen.file), changes: true),
                chosen.sessions
            )
        } catch {
            throw Failure(reading: error)
        }
    }
}
