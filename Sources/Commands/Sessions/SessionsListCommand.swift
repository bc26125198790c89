import ArgumentParser
import Reporting
import SessionStore

/// `imapscope sessions list`
struct SessionsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the sessions of a store, one a line."
    )

    @Argument(help: ArgumentHelp("The store.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("Sessions of this user, or that tried to log in as this user.", valueName: "name"))
    var user: String?

    @Option(help: ArgumentHelp("Sessions in which this command was sent: FETCH, UID FETCH.", valueName: "name"))
    var command: String?

    @Option(help: ArgumentHelp("Sessions in which a command (--command) took so long: 200ms, 3s.", valueName: "time"))
    var slowerThan: String?

    @Option(
        help: ArgumentHelp("Sessions in which a command (--command) was answered so: NO, BAD.", valueName: "status")
    )
    var status: String?

    @Option(help: ArgumentHelp("Sessions with this finding, by its name or its number.", valueName: "id"))
    var finding: String?

    @Option(help: ArgumentHelp("Sessions that logged in, or tried to, with this mechanism.", valueName: "name"))
    var mechanism: String?

    @Option(help: ArgumentHelp("Sessions with this tag.", valueName: "word"))
    var tag: String?

    @Option(
        help: ArgumentHelp(
            "Sessions that went on at or after this time: 2026-11-24, 2026-11-24T10:00.",
            valueName: "time"
        )
    )
    var since: String?

    @Option(help: ArgumentHelp("Sessions that began at or before this time, UTC.", valueName: "time"))
    var until: String?

    @Option(help: ArgumentHelp("text or json.", valueName: "format"))
    var format: SessionListFormat = .text

    func run() throws {
        var query = SessionQuery()
        query.user = self.user
        query.command = self.command?.uppercased()
        query.status = self.status?.uppercased()
        query.finding = self.finding
        query.mechanism = self.mechanism
        query.tag = self.tag
        query.slowerThan = try self.slowerThan.map { try Self.setting("--slower-than", $0, Latency.init).nanoseconds }
        query.since = try self.since.map { try Self.setting("--since", $0, PointInTime.init).time }
        query.until = try self.until.map { try Self.setting("--until", $0, PointInTime.init).time }
        let rows: [SessionRow]
        do throws(StoreError) {
            rows = try StoreReader(path: try Self.existing(self.file)).sessions(query)
        } catch {
            throw Failure(reading: error)
        }
        let output = StandardOutput()
        switch self.format {
        case .text: output.write(SessionListText(rows, isTerminal: output.isTerminal).text)
        case .json: output.write(SessionListJSON(rows).text)
        }
        try output.finish()
    }

    private static func setting<Value>(
        _ option: String,
        _ text: String,
        _ make: (String) throws(SettingValueError) -> Value
    ) throws -> Value {
        do throws(SettingValueError) { return try make(text) } catch {
            throw UsageError(option: option, text: error.description)
        }
    }

    /// SQLite would say no more than that it cannot open the file.
    static func existing(_ path: String) throws(StoreError) -> String {
        do throws(InputError) { _ = try InputFile(path: path) } catch {
            throw .cannotOpen(path: path, reason: systemErrorText(error.number))
        }
        return path
    }
}

enum SessionListFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json
}
