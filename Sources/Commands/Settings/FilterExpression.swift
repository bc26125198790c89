import ArgumentParser
import FilterLanguage
import Reporting

/// `--filter`: what outputs show.
struct FilterExpression: SettingValue {
    var filter: Filter

    init(setting text: String) throws(SettingValueError) {
        do throws(FilterError) {
            self.filter = try Filter(text)
        } catch {
            throw SettingValueError(
                error.description,
                excerpt: ErrorExcerpt(text: error.expression, column: error.column, length: error.length)
            )
        }
    }

    var settingText: String { self.filter.expression }
}

/// The option of every command that shows sessions.
struct FilterOptions: ParsableArguments {
    @Option(
        name: [.customShort("Y"), .long],
        help: ArgumentHelp(
            "Show only what matches: command == FETCH and latency > 200ms. imapscope rules fields lists the fields.",
            valueName: "filter"
        )
    )
    var filter: String?

    func decide(_ settings: inout Settings) throws -> Filter? {
        let expression: FilterExpression? = try settings.value(.filter, self.filter, absence: "everything is shown")
        return expression?.filter
    }
}

extension Filter {
    /// `sink`, behind this filter.
    func before(_ sink: any BufferedSink) -> any BufferedSink { FilteredSink(self, before: sink) }
}
