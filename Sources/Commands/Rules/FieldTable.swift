import FilterLanguage
import Reporting

/// The fields of the filter language, for people.
struct FieldTable {
    var width: Int

    /// The fields whose name or meaning holds a word; all of them without one.
    static func fields(matching word: String?) throws(Failure) -> [Field] {
        let wanted = word?.lowercased()
        let fields = FieldRegistry.all.filter { field in
            guard let wanted else { return true }
            return ([field.name, field.meaning] + field.aliases).contains { $0.lowercased().contains(wanted) }
        }
        if fields.isEmpty, let word {
            let near = Spelling.nearest(to: word, among: FieldRegistry.all.map(\.name))
            throw Failure(
                .usage,
                "no field has “\(word)” in its name or meaning",
                advice: near.map { "imapscope rules fields \($0)" } ?? "imapscope rules fields, which lists them all"
            )
        }
        return fields
    }

    func write(_ fields: [Field], to output: StandardOutput) {
        let nameWidth = (fields.map(\.name.count).max() ?? 0) + 2
        let typeWidth = (FieldType.allCases.map(\.rawValue.count).max() ?? 0) + 2
        for field in fields {
            var lines = self.wrapped(field.meaning, indent: nameWidth + typeWidth)
            if !field.values.isEmpty {
                lines += self.wrapped(field.values.joined(separator: " · "), indent: nameWidth + typeWidth)
            }
            if !field.aliases.isEmpty {
                lines += self.wrapped("also " + field.aliases.joined(separator: ", "), indent: nameWidth + typeWidth)
            }
            for (index, line) in lines.enumerated() {
                let name = index == 0 ? field.name : ""
                let type = index == 0 ? field.type.rawValue : ""
                output.write(Self.padded(name, nameWidth) + Self.padded(type, typeWidth) + line + "\n")
            }
        }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func wrapped(_ text: String, indent: Int) -> [String] {
        let room = max(self.width - indent, 20)
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > room {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
