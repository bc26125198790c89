import ArgumentParser
import SessionStore

/// `imapscope sessions show`
struct SessionsShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show sessions of a store as decode does, all of them if no number is given."
    )

    @Argument(help: ArgumentHelp("The store.", valueName: "file"))
    var file: String

    @Argument(help: ArgumentHelp("The numbers of sessions.", valueName: "n"))
    var sessions: [Int64] = []

    @OptionGroup var reading: PacketReadingOptions
    @OptionGroup var configurationOptions: ConfigurationOptions

    func run() throws {
        let file = try ConfigurationFile.load(option: self.configurationOptions.config)
        var decisions = Settings(scope: .decode, file: file)
        let output = StandardOutput()
        var settings = try DecodeSettings([self.file], self.reading, &decisions, isTerminal: output.isTerminal)
        if self.configurationOptions.printConfig {
            output.write(decisions.printed(path: file?.path))
            return try output.finish()
        }
        if !self.sessions.isEmpty { settings.sessions = self.sessions }
        guard try StoreInput.isStore(self.file) else { throw Failure(reading: .notAStore(path: self.file)) }
        try DecodeRun(settings: settings).run(output)
    }
}
