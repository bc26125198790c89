extension Registry {
    /// The rows that a person may mean by `words`: a name in any case, with what stands around it on the wire
    /// (`UID FETCH`, `AUTH=PLAIN`, `[COPYUID]`, `BODY.PEEK[HEADER]`, `{12}`), or without the backslash that a shell ate.
    public static func rows(matching words: String) -> [RegistryRow] {
        // Hostile input may be long; no name is, not even with a list of header fields.
        guard words.utf8.count <= 200 else { return [] }
        let query = Substring(words).trimmingSpaces
        guard !query.isEmpty else { return [] }
        var found = RowList()
        if query.first == "[" {
            found.add(self.row(.code, query.dropFirst().upTo(" ", "]")))
            return found.rows
        }
        found.add(self.rows(named: String(query)))
        found.add(self.rowsOfForms(query))
        found.add(self.rowsOfSections(query))
        if found.isEmpty { found.add(self.rowsOfValues(query)) }
        // A shell that met \Seen without quotes hands over Seen.
        for prefix in ["\\", "$"] where query.first != "\\" && query.first != "$" {
            for kind: RegistryRow.Kind in [.flag, .mailboxAttribute] { found.add(self.row(kind, prefix + query)) }
        }
        return found.rows
    }

    /// `UID FETCH`, `{12+}`.
    private static func rowsOfForms(_ query: Substring) -> [RegistryRow] {
        var found = RowList()
        let upper = query.uppercased()
        if upper.hasPrefix("UID ") {
            let command = String(Substring(upper.dropFirst(4)).trimmingSpaces)
            if let row = self.row(.command, command) { found.add([row, self.row(.command, "UID")].compactMap(\.self)) }
        }
        if query.last == "}", let brace = query.firstIndex(of: "{") {
            let count = query[query.index(after: brace)...].prefix { $0.isASCII && $0.isNumber }
            if !count.isEmpty { found.add(self.row(.syntax, "\(query[...brace])n\(query[count.endIndex...])")) }
        }
        return found.rows
    }

    /// `BODY.PEEK[1.2.HEADER.FIELDS (DATE FROM)]<0.100>`
    private static func rowsOfSections(_ query: Substring) -> [RegistryRow] {
        guard let bracket = query.firstIndex(of: "["), bracket > query.startIndex else { return [] }
        var found = RowList()
        found.add(self.row(.fetchItem, String(query[..<bracket])))
        guard !found.isEmpty else { return [] }
        let part = query[query.index(after: bracket)...].drop { $0.isNumber || $0 == "." }
        found.add(self.row(.sectionPart, part.upTo(" ", "]")))
        return found.rows
    }

    /// `AUTH=PLAIN`, `RIGHTS=texk`, `+X-GM-LABELS`, `/private/vendor/x`, `PREVIEW (LAZY)`.
    private static func rowsOfValues(_ query: Substring) -> [RegistryRow] {
        var found = RowList()
        if let equals = query.firstIndex(of: "=") {
            let name = String(query[..<equals])
            if name.uppercased() == "AUTH" {
                found.add(self.row(.mechanism, String(query[query.index(after: equals)...])))
            }
            found.add(self.row(.capability, name))
        }
        if let sign = query.first, sign == "+" || sign == "-" {
            found.add(self.row(.storeItem, String(query.dropFirst())))
        }
        if query.first == "/" {
            var path = query
            while found.isEmpty, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
                path = path[..<slash]
                found.add(self.row(.metadataEntry, String(path)))
            }
        }
        if let space = query.firstIndex(of: " "), query.last == ")" {
            for kind: RegistryRow.Kind in [.fetchItem, .listReturn, .selectParam, .createParam, .notifyEvent] {
                found.add(self.row(kind, String(query[..<space])))
            }
        }
        return found.rows
    }
}

/// Rows, each once.
private struct RowList {
    private(set) var rows: [RegistryRow] = []

    var isEmpty: Bool { self.rows.isEmpty }

    mutating func add(_ row: RegistryRow?) {
        if let row, !self.rows.contains(row) { self.rows.append(row) }
    }

    mutating func add(_ rows: [RegistryRow]) {
        for row in rows { self.add(row) }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var rest = self.drop { $0 == " " || $0 == "\t" }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest
    }

    fileprivate func upTo(_ ends: Character...) -> String { String(self.prefix { !ends.contains($0) }) }
}
