import ArgumentParser

/// How a transcript looks; options of every command that prints one.
struct TranscriptOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "auto, always or never. auto looks at NO_COLOR, CLICOLOR_FORCE, TERM and the terminal.",
            valueName: "when"
        )
    )
    var color: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Show passwords, proofs and tokens instead of masking them. Said aloud wherever it is in force."
    )
    var revealSecrets: Bool?

    func decide(_ settings: inout Settings, isTerminal: Bool) throws -> TranscriptAppearance {
        let color: ColorChoice = try settings.value(.color, self.color, default: .auto)
        let reveals = try settings.flag(.revealSecrets, self.revealSecrets)
        return TranscriptAppearance(
            isColored: color.isEnabled(isTerminal: isTerminal, environment: Environment.value),
            revealsSecrets: reveals
        )
    }
}

/// What was decided about the look of a transcript.
struct TranscriptAppearance: Sendable, Hashable {
    var isColored: Bool
    var revealsSecrets: Bool
}

/// The configuration file; options of every command that has settings.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Read settings from FILE instead of $XDG_CONFIG_HOME/imapscope/config.yaml.",
            valueName: "file"
        )
    )
    var config: String?

    @Flag(help: "Show every setting in force and where it comes from, then end.")
    var printConfig = false
}
