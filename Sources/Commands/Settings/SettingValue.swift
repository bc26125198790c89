import FilterLanguage
import Reporting

/// A value that an option or an entry of the configuration file can have.
protocol SettingValue: Sendable {
    init(setting text: String) throws(SettingValueError)
    /// What ``init(setting:)`` reads again.
    var settingText: String { get }
}

/// Why a text is not a value of an option. It says what would be one.
struct SettingValueError: Error, Hashable, CustomStringConvertible {
    var description: String
    /// The value and the part of it that is wrong, where that helps.
    var excerpt: ErrorExcerpt?

    init(_ description: String, excerpt: ErrorExcerpt? = nil) {
        self.description = description
        self.excerpt = excerpt
    }

    /// - Parameter choices: every word that is allowed.
    init(_ text: String, choices: [String]) {
        let near = Spelling.nearest(to: text, among: choices).map { "; did you mean \($0)?" } ?? ""
        self.init("“\(text)” is none of \(choices.joined(separator: ", "))\(near)")
    }
}

/// A setting that is one of a few words.
protocol ChoiceSetting: SettingValue, CaseIterable, RawRepresentable where RawValue == String {}

extension ChoiceSetting {
    init(setting text: String) throws(SettingValueError) {
        guard let value = Self(rawValue: text) else {
            throw SettingValueError(text, choices: Self.allCases.map(\.rawValue))
        }
        self = value
    }

    var settingText: String { self.rawValue }
}

extension Bool: SettingValue {
    init(setting text: String) throws(SettingValueError) {
        switch text.lowercased() {
        case "true", "yes", "on": self = true
        case "false", "no", "off": self = false
        default: throw SettingValueError("“\(text)” is neither true nor false")
        }
    }

    var settingText: String { self ? "true" : "false" }
}

/// The path of a file.
struct FilePath: SettingValue, Hashable {
    var path: String

    init(setting text: String) throws(SettingValueError) {
        guard !text.isEmpty else { throw SettingValueError("the name of a file is missing") }
        self.path = text
    }

    var settingText: String { self.path }
}

/// Cipher suites by OpenSSL's names, separated by colons; those of TLS 1.3 begin with `TLS_`.
struct CipherList: SettingValue, Hashable {
    var names: [String]

    init(setting text: String) throws(SettingValueError) {
        self.names = text.split(separator: ":").map(String.init)
        guard !self.names.isEmpty else { throw SettingValueError("a list of cipher suites is missing") }
    }

    var settingText: String { self.names.joined(separator: ":") }

    /// Nil where the list names none of this kind: OpenSSL's own choice stays.
    var suites: String? { self.joined { $0.hasPrefix("TLS_") } }
    var older: String? { self.joined { !$0.hasPrefix("TLS_") } }

    private func joined(_ isMeant: (String) -> Bool) -> String? {
        let found = self.names.filter(isMeant)
        return found.isEmpty ? nil : found.joined(separator: ":")
    }
}

/// A whole number from `lowest` to `highest`.
struct Amount<Bounds: AmountBounds>: SettingValue, Hashable {
    var number: Int

    init(_ number: Int) {
        self.number = number
    }

    init(setting text: String) throws(SettingValueError) {
        guard let number = Int(text), Bounds.range.contains(number) else {
            throw SettingValueError(
                "“\(text)” is not a whole number from \(Bounds.range.lowerBound) to \(Bounds.range.upperBound)"
            )
        }
        self.number = number
    }

    var settingText: String { String(self.number) }
}

protocol AmountBounds: Sendable, Hashable {
    static var range: ClosedRange<Int> { get }
}

enum ConnectionBounds: AmountBounds { static let range = 1...1_000_000 }
enum SecondBounds: AmountBounds { static let range = 1...3600 }
/// 0 is no limit.
enum WaitBounds: AmountBounds { static let range = 0...86_400 }
enum ThreadBounds: AmountBounds { static let range = 1...256 }
enum DetailBounds: AmountBounds { static let range = 0...4 }

/// A listener or the upstream server.
struct ListenURL: SettingValue, Hashable {
    var url: ServerURL

    init(_ url: ServerURL) {
        self.url = url
    }

    init(setting text: String) throws(SettingValueError) {
        do throws(ServerURLError) {
            self.url = try ServerURL(parsing: text, role: .listener)
        } catch {
            throw SettingValueError(error.description)
        }
    }

    var settingText: String { self.url.description }
}

struct UpstreamURL: SettingValue, Hashable {
    var url: ServerURL

    init(setting text: String) throws(SettingValueError) {
        do throws(ServerURLError) {
            self.url = try ServerURL(parsing: text, role: .upstream)
        } catch {
            throw SettingValueError(error.description)
        }
    }

    var settingText: String { self.url.description }
}
