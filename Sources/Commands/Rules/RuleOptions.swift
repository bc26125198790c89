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

    /// Nil when there are no rules.
    func decide(_ settings: inout Settings) throws -> RuleSet? {
        let sources: [RuleSource] = try settings.values(.rules, self.rules, default: [])
        guard !sources.isEmpty else { return nil }
        return RuleSet(try sources.flatMap { try $0.load().rules })
    }
}

extension RuleSet {
    /// What was hidden, so that whoever gives a transcript away can see whether it is what was meant.
    var tallyLine: String {
        var parts = self.tally.parts.map { "\($0.places) \($0.part.rawValue)" }
        if self.tally.matches > 0 { parts.append("\(self.tally.matches) matches of expressions") }
        return parts.isEmpty ? "rules hid nothing" : "rules hid " + parts.joined(separator: ", ")
    }
}
