import Yams

/// What is wrong in the configuration file, and where.
struct ConfigurationError: Error, Hashable, CustomStringConvertible {
    var path: String
    /// Counted from 1.
    var line: Int?
    var column: Int?
    var text: String

    init(path: String, line: Int?, column: Int?, text: String) {
        self.path = path
        self.line = line
        self.column = column
        self.text = text
    }

    init(path: String, yaml error: any Error) {
        self.init(path: path, line: nil, column: nil, text: "this is not YAML")
        guard let error = error as? YamlError else { return }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.line = mark.line
            self.column = mark.column
            self.text += ": \(problem)"
        case .reader(let problem, _, _, _):
            self.text += ": \(problem)"
        case .duplicatedKeysInMapping(let duplicates, let context):
            self.line = context.mark.line
            self.column = context.mark.column
            self.text = "“\(duplicates.map(String.init(describing:)).joined(separator: "”, “"))” stands here twice"
        default:
            break
        }
    }

    var description: String {
        var place = self.path
        if let line { place += ":\(line)" }
        if line != nil, let column { place += ":\(column)" }
        return "\(place): \(self.text)"
    }
}
