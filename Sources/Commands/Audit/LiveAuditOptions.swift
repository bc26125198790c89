import ArgumentParser
import AuditChecks

/// `--audit`: the checks of `imapscope audit` while a transcript is written.
struct LiveAuditOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Let the checks of “imapscope audit” look at every session: default, strict, rfc or a YAML file. What they find stands at the line that causes it, once per session.",
            valueName: "policy"
        )
    )
    var audit: String?

    @Flag(
        inversion: .prefixedNo,
        help: "With --audit: remember what each server offers, and tell what it has lost since earlier runs."
    )
    var baselines: Bool?

    struct Decided: Sendable {
        var policy: AuditPolicy
        var keepsBaselines: Bool
    }

    /// Nil when no audit was asked for.
    func decide(_ settings: inout Settings) throws -> Decided? {
        let source: PolicySource? = try settings.value(.audit, self.audit, absence: "no checks")
        let keepsBaselines = try settings.flag(.baselines, self.baselines)
        guard let source else {
            guard self.baselines != true else {
                throw UsageError(option: "--baselines", text: "belongs to --audit")
            }
            return nil
        }
        return Decided(policy: try source.read(), keepsBaselines: keepsBaselines)
    }
}
