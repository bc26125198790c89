import Reporting

/// Decides each setting of a command: the command line goes before the configuration file, that before the default.
///
/// It keeps what it decided and where that came from, for `--print-config`.
struct Settings {
    enum Origin: Sendable, Hashable {
        case commandLine
        case file(path: String, line: Int)
        case builtIn

        var text: String {
            switch self {
            case .commandLine: "command line"
            case .file(let path, let line): "\(path):\(line)"
            case .builtIn: "default"
            }
        }
    }

    struct Decision: Sendable, Hashable {
        var name: SettingName
        /// More than one only for settings that repeat; none when there is no value at all.
        var texts: [String]
        var origin: Origin
        /// What happens without a value.
        var absence: String?
    }

    let scope: SettingScope
    let file: ConfigurationFile?
    private(set) var decisions: [Decision] = []

    init(scope: SettingScope, file: ConfigurationFile?) {
        self.scope = scope
        self.file = file
    }

    /// A setting that always has a value.
    mutating func value<Value: SettingValue>(
        _ name: SettingName,
        _ option: String?,
        default fallback: @autoclosure () -> Value
    ) throws -> Value {
        if let found: ([Value], Origin) = try self.given(name, option.map { [$0] } ?? []) {
            self.decide(name, found.0, found.1)
            return found.0[0]
        }
        let value = fallback()
        self.decide(name, [value], .builtIn)
        return value
    }

    /// A setting that may have no value; `absence` says what happens then.
    mutating func value<Value: SettingValue>(
        _ name: SettingName,
        _ option: String?,
        of type: Value.Type = Value.self,
        absence: String
    ) throws -> Value? {
        if let found: ([Value], Origin) = try self.given(name, option.map { [$0] } ?? []) {
            self.decide(name, found.0, found.1)
            return found.0[0]
        }
        self.decisions.append(Decision(name: name, texts: [], origin: .builtIn, absence: absence))
        return nil
    }

    /// A setting that repeats.
    mutating func values<Value: SettingValue>(
        _ name: SettingName,
        _ options: [String],
        default fallback: [Value]
    ) throws -> [Value] {
        let found: ([Value], Origin) = try self.given(name, options) ?? (fallback, .builtIn)
        self.decide(name, found.0, found.1)
        return found.0
    }

    /// A flag.
    mutating func flag(_ name: SettingName, _ option: Bool?) throws -> Bool {
        try self.value(name, option?.settingText, default: false)
    }

    private func given<Value: SettingValue>(_ name: SettingName, _ options: [String]) throws -> ([Value], Origin)? {
        if !options.isEmpty {
            let values = try options.map { text in
                do throws(SettingValueError) {
                    return try Value(setting: text)
                } catch {
                    throw UsageError(option: "--\(name.rawValue)", text: error.description, excerpt: error.excerpt)
                }
            }
            return (values, .commandLine)
        }
        guard let file, let entries = file.values(name, for: self.scope), let first = entries.first else { return nil }
        let values = try entries.map { entry in
            do throws(SettingValueError) {
                return try Value(setting: entry.text)
            } catch {
                throw ConfigurationError(
                    path: file.path,
                    line: entry.line,
                    column: entry.column,
                    text: "\(name.rawValue): \(error.description)"
                )
            }
        }
        return (values, .file(path: file.path, line: first.line))
    }

    private mutating func decide(_ name: SettingName, _ values: [some SettingValue], _ origin: Origin) {
        self.decisions.append(Decision(name: name, texts: values.map(\.settingText), origin: origin, absence: nil))
    }
}

/// A value on the command line that its option does not take.
struct UsageError: Error, Hashable, CustomStringConvertible {
    var option: String
    var text: String
    /// The value and the part of it that is wrong, where that helps.
    var excerpt: ErrorExcerpt?

    var description: String { "\(self.option): \(self.text)" }
}
