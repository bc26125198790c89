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

    func decide(_ settings: inout Settings) throws -> Decided {
        Decided(
            html: try settings.value(.html, self.html, absence: "no file"),
            pcap: try settings.value(.pcap, self.pcap, absence: "no file")
        )
    }

    /// The names that were given.
    struct Decided: Sendable, Hashable {
        var html: FilePath?
        var pcap: FilePath?

        /// A stream of which messages are left out is none, and a piece of a literal comes before a filter can judge its
        /// message. A rule only overwrites.
        func check(isFiltered: Bool) throws {
            if self.pcap != nil, isFiltered {
                throw UsageError(option: "--pcap", text: "writes whole streams: not with --filter")
            }
        }
    }
}
