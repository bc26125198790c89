import ArgumentParser
import Reporting
import RuleEngine

/// The option of every command that has outputs.
struct RuleOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Apply the rules of a file, or such as come with imapscope: share-safe; repeats. imapscope rules list names them.",
            valueName: "file|name"
        )
    )
    var rules: [String] = []

    /// The rules of a command that ends by itself; nil when there are none.
    func decide(_ settings: inout Settings, revealsSecrets: Bool) throws -> RuleSet? {
        let sources = try self.sources(&settings, revealsSecrets: revealsSecrets)
        return sources.isEmpty ? nil : RuleSet(try sources.flatMap { try $0.load().rules })
    }

    /// The files themselves, for a command that reads them again.
    func sources(_ settings: inout Settings, revealsSecrets: Bool) throws -> [RuleSource] {
        let sources: [RuleSource] = try settings.values(.rules, self.rules, default: [])
        // What is made to be given away must not hold passwords; whoever wants both has made a mistake.
        if revealsSecrets, sources.contains(where: { $0.isForSharing }) {
            throw UsageError(
                option: "--reveal-secrets",
                text: "shows passwords, and share-safe makes outputs to be given away: leave one of them out"
            )
        }
        return sources
    }
}

extension RuleSet {
    /// What was hidden, so that whoever gives a transcript away can see whether it is what was meant.
    ///
    /// Nil where no rule hides anything.
    var tallyLine: String? {
        guard self.hasRedactions else { return nil }
        var parts = self.tally.parts.map { "\($0.places) \($0.part.rawValue)" }
        if self.tally.matches > 0 { parts.append("\(self.tally.matches) matches of expressions") }
        return parts.isEmpty ? "rules hid nothing" : "rules hid " + parts.joined(separator: ", ")
    }
}
