import IMAPProtocol
import IMAPSession
import IMAPWire
import Traffic

/// Finds the names in one message: its command or response, and those of its arguments that the registry knows where
/// they stand.
struct MessageParts {
    private(set) var rows: [RegistryRow] = []
    private var seen: Set<RegistryRow> = []
    private var tokenizer = Tokenizer()

    static func rows(of message: Message, _ text: RawSpan) -> [RegistryRow] {
        var parts = MessageParts()
        parts.read(message, text)
        return parts.rows
    }

    private mutating func add(_ row: RegistryRow?) {
        if let row, self.seen.insert(row).inserted { self.rows.append(row) }
    }

    private mutating func read(_ message: Message, _ text: RawSpan) {
        switch message.kind {
        case .command: self.readCommand(message, text)
        case .untagged, .tagged, .greeting: self.readResponse(message, text)
        case .continuation: self.add(Registry.row(.syntax, "+"))
        case .done: self.add(Registry.row(.syntax, "DONE"))
        case .cancel: self.add(Registry.row(.syntax, "*"))
        case .sasl, .unparsed: break
        }
        for literal in message.literals { self.add(literal) }
    }

    private mutating func add(_ literal: LiteralRecord) {
        let name = literal.form.binary ? "~{n}" : literal.form.nonSynchronizing ? "{n+}" : "{n}"
        self.add(Registry.row(.syntax, name))
    }

    // MARK: - Commands

    private mutating func readCommand(_ message: Message, _ text: RawSpan) {
        var name = text.latin1(message.name)
        if message.isUID {
            name = String(name.drop { $0 != " " }.drop { $0 == " " })
            self.add(Registry.row(.command, name))
            self.add(Registry.row(.command, "UID"))
        } else {
            self.add(Registry.row(.command, name))
        }
        guard let command = message.command else { return }
        self.tokenizer.reset(to: message.arguments)
        switch command {
        case .search, .sort, .thread, .esearch: self.readSearch(command, text)
        default: self.readArguments(ArgumentPlaces(command), text)
        }
    }

    private mutating func readArguments(_ places: ArgumentPlaces, _ text: RawSpan) {
        var depth = 0
        var position = 0
        while let token = self.tokenizer.next(in: text) {
            switch token.kind {
            case .listOpen: depth += 1
            case .listClose: depth = max(depth - 1, 0)
            case .section: self.addSection(text.latin1(token.range))
            case .atom, .quoted:
                // ID holds pairs: names at odd places behind the parenthesis, values between them.
                let isValue = places.kinds == [.idField] && position % 2 == 0
                if depth > 0 || position >= places.skipped, depth >= places.depth, !isValue {
                    self.add(text, token, places.kinds)
                }
            case .literal, .unterminatedQuoted, .stray, .lineEnd: break
            }
            position += 1
        }
    }

    private mutating func add(_ text: RawSpan, _ token: Token, _ kinds: [RegistryRow.Kind]) {
        // Strings hold names only where the grammar says so; elsewhere they are what people wrote.
        let isString = token.kind == .quoted
        for kind in kinds where !isString || kind == .idField || kind == .metadataEntry {
            if let row = Registry.row(kind, text, token.range) { return self.add(row) }
        }
        guard token.length <= 200 else { return }
        if kinds.contains(.metadataEntry) || kinds.contains(.capability) || kinds.contains(.storeItem) {
            for row in Registry.rows(matching: text.latin1(token.range))
            where kinds.contains(row.kind) || row.kind == .mechanism {
                return self.add(row)
            }
        }
    }

    private mutating func addSection(_ section: String) {
        for row in Registry.rows(matching: section) { self.add(row) }
    }

    // MARK: - Searches

    private mutating func readSearch(_ command: Command, _ text: RawSpan) {
        var listKinds: [RegistryRow.Kind] = command == .sort ? [.sortKey] : [.searchKey]
        var mayBeAlgorithm = command == .thread
        var skip = 0
        var depth = 0
        while let token = self.tokenizer.next(in: text) {
            switch token.kind {
            case .listOpen: depth += 1
            case .listClose:
                depth = max(depth - 1, 0)
                if depth == 0 { listKinds = [.searchKey] }
            case .atom where skip == 0:
                if text.matches(token.range, "RETURN") {
                    // Behind the options of SORT stand the keys to sort by.
                    self.readReturnOptions(text)
                } else if text.matches(token.range, "CHARSET") {
                    skip = 1
                } else if mayBeAlgorithm {
                    self.add(Registry.row(.threadAlgorithm, text, token.range))
                    mayBeAlgorithm = false
                } else if depth > 0, command == .esearch, let row = Registry.row(.mailboxFilter, text, token.range) {
                    self.add(row)
                } else {
                    for kind in depth > 0 ? listKinds : [.searchKey] {
                        guard let row = Registry.row(kind, text, token.range) else { continue }
                        self.add(row)
                        if kind == .searchKey { skip = row.valueCount }
                    }
                }
            case .atom, .quoted, .literal, .unterminatedQuoted: skip = max(skip - 1, 0)
            case .section, .stray, .lineEnd: break
            }
        }
    }

    private mutating func readReturnOptions(_ text: RawSpan) {
        var depth = 0
        while let token = self.tokenizer.next(in: text) {
            switch token.kind {
            case .listOpen: depth += 1
            case .listClose: depth -= 1
            case .atom: self.add(Registry.row(.searchReturn, text, token.range))
            default: break
            }
            if depth <= 0 { return }
        }
    }

    // MARK: - Responses

    private mutating func readResponse(_ message: Message, _ text: RawSpan) {
        let response = Registry.row(.response, text, message.name)
        self.add(response ?? message.response.flatMap { Registry.row(.response, $0.rawValue) })
        guard let response = message.response else { return }
        self.tokenizer.reset(to: message.arguments)
        if response.status != nil {
            self.readCode(text, from: message.arguments)
        } else if response == .fetch || response == .uidfetch {
            self.readFetchData(text)
        } else {
            self.readArguments(ArgumentPlaces(response), text)
        }
    }

    private mutating func readCode(_ text: RawSpan, from start: Int) {
        guard start < text.byteCount, text[start] == UInt8(ascii: "[") else { return }
        var end = start + 1
        while end < text.byteCount, text[end] > 0x20, text[end] != UInt8(ascii: "]") { end += 1 }
        self.add(Registry.row(.code, text, (start + 1)..<end))
        let kinds = ArgumentPlaces.kinds(inCode: text.uppercased((start + 1)..<min(end, start + 41)))
        guard !kinds.isEmpty else { return }
        self.tokenizer.reset(to: end)
        while let token = self.tokenizer.next(in: text), token.kind != .stray, token.kind != .lineEnd {
            guard token.kind == .atom else { continue }
            // `]` ends no atom of this tokenizer, for flags may hold one.
            var token = token
            let isLast = text[token.range.upperBound - 1] == UInt8(ascii: "]")
            if isLast { token = Token(kind: .atom, offset: token.offset, length: token.length - 1) }
            if token.length > 0 { self.add(text, token, kinds) }
            if isLast { return }
        }
    }

    private mutating func readFetchData(_ text: RawSpan) {
        var depth = 0
        var item: RegistryRow?
        while let token = self.tokenizer.next(in: text) {
            switch token.kind {
            case .listOpen: depth += 1
            case .listClose: depth = max(depth - 1, 0)
            case .section: self.addSection(text.latin1(token.range))
            case .atom where depth == 1:
                if let row = Registry.row(.fetchItem, text, token.range) {
                    self.add(row)
                    item = row
                }
            case .atom where depth == 2 && item?.name == "FLAGS": self.add(Registry.row(.flag, text, token.range))
            default: break
            }
        }
    }
}

extension RegistryRow {
    /// How many arguments of a SEARCH key are values and not keys again.
    fileprivate var valueCount: Int {
        let arguments = self.shape.split(separator: " ").filter { $0 != "SP" }.dropFirst()
        return arguments.contains { $0.hasPrefix("[") } ? 0 : arguments.count { $0 != "search-key" }
    }
}
