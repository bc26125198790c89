import FilterLanguage

/// The fields of the filter language for programs: a JSON array (RFC 8259), one field a line.
enum FieldsJSON {
    static func text(_ fields: [Field]) -> String {
        fields.isEmpty ? "[]\n" : "[\n" + fields.map(self.object).joined(separator: ",\n") + "\n]\n"
    }

    private static func object(_ field: Field) -> String {
        let members = [
            ("name", JSONText.string(field.name)),
            ("type", JSONText.string(field.type.rawValue)),
            ("meaning", JSONText.string(field.meaning)),
            ("values", self.list(field.values)),
            ("aliases", self.list(field.aliases)),
        ]
        return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    private static func list(_ texts: [String]) -> String {
        "[" + texts.map(JSONText.string).joined(separator: ",") + "]"
    }
}
