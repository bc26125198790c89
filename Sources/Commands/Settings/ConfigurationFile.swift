import FilterLanguage
import Yams

/// The configuration file: every option by its long name, at the top or under the name of its command.
struct ConfigurationFile: Sendable {
    /// A scalar of the file and where it stands.
    struct Value: Sendable, Hashable {
        var text: String
        var line: Int
        var column: Int
    }

    let path: String
    private var shared: [SettingName: [Value]] = [:]
    private var scoped: [SettingScope: [SettingName: [Value]]] = [:]

    /// The values of a setting for a command; what stands under the command's name goes before what stands at the top.
    func values(_ name: SettingName, for scope: SettingScope) -> [Value]? {
        self.scoped[scope]?[name] ?? self.shared[name]
    }

    init(path: String, parsing text: String) throws(ConfigurationError) {
        self.path = path
        let document: Node?
        do {
            document = try Yams.compose(yaml: text)
        } catch {
            throw ConfigurationError(path: path, yaml: error)
        }
        guard let document else { return }
        guard let mapping = document.mapping else {
            // A file of comments only is a null scalar.
            if let scalar = document.scalar, scalar.string.isEmpty { return }
            throw self.error(document, "the file must be a list of “option: value” lines")
        }
        for (key, value) in mapping {
            let word = try self.word(key)
            if let scope = SettingScope(rawValue: word) {
                try self.readSection(value, scope: scope)
            } else if let name = SettingName(rawValue: word) {
                self.shared[name] = try self.values(value, of: name)
            } else {
                let known = SettingName.allCases.map(\.rawValue) + SettingScope.allCases.map(\.rawValue)
                throw self.unknown(word, key, known: known, place: "")
            }
        }
    }

    private mutating func readSection(_ section: Node, scope: SettingScope) throws(ConfigurationError) {
        if let scalar = section.scalar, scalar.string.isEmpty { return }
        guard let mapping = section.mapping else {
            throw self.error(section, "“\(scope.rawValue):” must be followed by indented “option: value” lines")
        }
        var settings: [SettingName: [Value]] = [:]
        for (key, value) in mapping {
            let word = try self.word(key)
            guard let name = SettingName(rawValue: word), scope.settings.contains(name) else {
                throw self.unknown(word, key, known: scope.settings.map(\.rawValue), place: " of \(scope.rawValue)")
            }
            settings[name] = try self.values(value, of: name)
        }
        self.scoped[scope] = settings
    }

    private func word(_ key: Node) throws(ConfigurationError) -> String {
        guard let word = key.scalar?.string else { throw self.error(key, "the name of an option is expected here") }
        return word
    }

    private func values(_ node: Node, of name: SettingName) throws(ConfigurationError) -> [Value] {
        if let sequence = node.sequence {
            guard name.repeats else { throw self.error(node, "\(name.rawValue) takes one value, not a list") }
            var values: [Value] = []
            for element in sequence { values.append(try self.value(element, of: name)) }
            return values
        }
        return [try self.value(node, of: name)]
    }

    private func value(_ node: Node, of name: SettingName) throws(ConfigurationError) -> Value {
        guard let scalar = node.scalar else { throw self.error(node, "\(name.rawValue) takes a plain value") }
        let mark = node.mark
        return Value(text: scalar.string, line: mark?.line ?? 0, column: mark?.column ?? 0)
    }

    private func error(_ node: Node, _ text: String) -> ConfigurationError {
        ConfigurationError(path: self.path, line: node.mark?.line, column: node.mark?.column, text: text)
    }

    private func unknown(_ word: String, _ key: Node, known: [String], place: String) -> ConfigurationError {
        let near = Spelling.nearest(to: word, among: known).map { "; did you mean \($0)?" } ?? ""
        return self.error(key, "“\(word)” is not an option\(place)\(near)")
    }
}
