import ArgumentParser
import FilterLanguage
import RuleEngine

/// The options of `imapscope proxy` that say how rules change what is relayed.
struct WireOptions: ParsableArguments {
    @Option(
        name: .customLong("break"),
        help: ArgumentHelp(
            "Let messages that match wait, and ask on the terminal what becomes of them: forward, edit, drop, answer, kill.",
            valueName: "filter"
        )
    )
    var breakFilter: String?

    @Option(
        help: ArgumentHelp("Forward a message that waits for an answer so long; 60, 0: never.", valueName: "seconds")
    )
    var breakTimeout: String?

    @Option(
        help: ArgumentHelp("The most octets of one message that wait for a rule to be applied: 1MB.", valueName: "size")
    )
    var holdLimit: String?

    @Option(
        help: ArgumentHelp(
            "What becomes of a longer message: pass (untouched, with a finding; the default) or close. A rule’s own "
                + "on-limit comes first.",
            valueName: "policy"
        )
    )
    var onLimit: String?

    @Option(
        help: ArgumentHelp(
            "When a rule fails: open (the original is sent; the default) or closed (the session ends).",
            valueName: "policy"
        )
    )
    var fail: String?

    /// What was decided.
    struct Decided: Sendable {
        /// Nil: no message waits for a person.
        var breakFilter: Filter?
        var breakTimeout: Int
        var holdLimit: Int
        var onLimit: HoldOverflow
        var failClosed: Bool
    }

    func decide(_ settings: inout Settings) throws -> Decided {
        let filter: FilterExpression? = try settings.value(.breakFilter, self.breakFilter, absence: "none waits")
        let timeout: Amount<WaitBounds> = try settings.value(.breakTimeout, self.breakTimeout, default: Amount(60))
        let limit: OctetCount = try settings.value(.holdLimit, self.holdLimit, default: OctetCount(1 << 20))
        let onLimit: HoldOverflow = try settings.value(.onLimit, self.onLimit, default: .pass)
        let fail: FailPolicy = try settings.value(.fail, self.fail, default: .open)
        return Decided(
            breakFilter: filter?.filter,
            breakTimeout: timeout.number,
            holdLimit: limit.octets,
            onLimit: onLimit,
            failClosed: fail == .closed
        )
    }
}

extension HoldOverflow: ChoiceSetting {}

/// `--fail`: what a rule that fails does to its session.
enum FailPolicy: String, ChoiceSetting {
    case open
    case closed
}

/// A size in octets: `65536`, `64kB`, `1MB`, `1MiB`.
struct OctetCount: SettingValue, Hashable {
    var octets: Int

    static let range = 1_024...(1 << 30)
    private static let units = [("kib", 1 << 10), ("mib", 1 << 20), ("kb", 1_000), ("mb", 1_000_000)]

    init(_ octets: Int) {
        self.octets = octets
    }

    init(setting text: String) throws(SettingValueError) {
        let lowered = text.lowercased()
        let unit = Self.units.first { lowered.hasSuffix($0.0) }
        let digits = lowered.dropLast(unit?.0.count ?? 0)
        guard let number = Int(digits),
            case let (octets, isTooLarge) = number.multipliedReportingOverflow(by: unit?.1 ?? 1),
            !isTooLarge, Self.range.contains(octets)
        else {
            throw SettingValueError("“\(text)” is no size from 1kB to 1GB; sizes are written 65536, 64kB, 1MB, 1MiB")
        }
        self.octets = octets
    }

    var settingText: String { String(self.octets) }
}
