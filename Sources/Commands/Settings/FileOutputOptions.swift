import ArgumentParser

/// Files that show sessions in other programs; options of every command that reads whole sessions.
struct FileOutputOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Write a page for a browser to this file, complete in itself: sessions, messages, findings, times.",
            valueName: "file"
        )
    )
    var html: String?

    @Option(
        help: ArgumentHelp(
            "Write the cleartext to this pcapng file, in TCP segments made anew, findings as comments: for Wireshark.",
            valueName: "file"
        )
    )
    var pcap: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Record the sessions in this store, to be listed, shown, replayed and served later; what it holds stays.",
            valueName: "file.imapscope"
        )
    )
    var write: String?

    @Option(
        help: ArgumentHelp(
            "Remove the oldest sessions of the store when it is larger than this: 500M, 2G.",
            valueName: "octets"
        )
    )
    var storeSize: String?

    @Option(
        help: ArgumentHelp(
            "Remove sessions from the store that ended longer ago than this: 12h, 30d.",
            valueName: "time"
        )
    )
    var storeAge: String?

    func decide(_ settings: inout Settings) throws -> Decided {
        Decided(
            html: try settings.value(.html, self.html, absence: "no file"),
            pcap: try settings.value(.pcap, self.pcap, absence: "no file"),
            store: try settings.value(.write, self.write, absence: "no store"),
            storeSize: try settings.value(.storeSize, self.storeSize, absence: "no limit"),
            storeAge: try settings.value(.storeAge, self.storeAge, absence: "no limit")
        )
    }

    /// The names that were given.
    struct Decided: Sendable, Hashable {
        var html: FilePath?
        var pcap: FilePath?
        var store: FilePath?
        var storeSize: StoreSize?
        var storeAge: TimeSpan?

        /// A stream of which messages are left out is none, and a piece of a literal comes before a filter can judge its
        /// message. A rule only overwrites.
        func check(isFiltered: Bool) throws {
            if self.pcap != nil, isFiltered {
                throw UsageError(option: "--pcap", text: "writes whole streams: not with --filter")
            }
            if self.store != nil, isFiltered {
                throw UsageError(
                    option: "--write",
                    text: "records whole sessions: not with --filter; filter when you read the store"
                )
            }
        }
    }
}
