extension Settings {
    /// What `--print-config` shows: a configuration file that would have the same effect, each line with its origin.
    ///
    /// No setting is a secret: `passwords` names a file, whose content is not read for this.
    func printed(path: String?) -> String {
        var text = "# imapscope \(self.scope.rawValue): the settings in force and where each comes from\n"
        text += "# configuration file: \(path ?? "none")\n"
        text += "\(self.scope.rawValue):\n"
        let lines = self.decisions.map { decision -> (setting: String, origin: String) in
            let name = decision.name.rawValue
            switch decision.texts.count {
            case 0: return ("  # \(name): \(decision.absence ?? "")", decision.origin.text)
            case 1: return ("  \(name): \(Self.scalar(decision.texts[0]))", decision.origin.text)
            default:
                return ("  \(name): [\(decision.texts.map(Self.scalar).joined(separator: ", "))]", decision.origin.text)
            }
        }
        let width = min(lines.map { $0.setting.unicodeScalars.count }.max() ?? 0, 56)
        for line in lines {
            let padding = String(repeating: " ", count: max(1, width + 1 - line.setting.unicodeScalars.count))
            text += "\(line.setting)\(padding)# \(line.origin)\n"
        }
        return text
    }

    /// `text` as a YAML scalar: plain when it cannot be misread, else in double quotes.
    static func scalar(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "/", ".", "_", "-", ":", "~": true
                default: false
                }
            }
            && text.first != "-" && text.first != "~" && text.last != ":"
        if isPlain { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                quoted += "\\x" + (digits.count < 2 ? "0" : "") + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
