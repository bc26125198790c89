import IMAPWire

/// The criteria of a SEARCH command.
struct SearchProgram: Sendable {
    let key: SearchKey

    private static let deepest = 64

    /// Reads `["CHARSET" SP astring SP] search-key *(SP search-key)`.
    init(_ reader: inout ArgumentReader) throws(CommandProblem) {
        var keys: [SearchKey] = []
        if let token = reader.peek(), token.kind == .atom, reader.octets(token).isEqual(ignoringCase: "CHARSET") {
            _ = try reader.atom()
            let charset = String(decoding: try reader.astring(), as: UTF8.self).uppercased()
            guard charset == "US-ASCII" || charset == "UTF-8" else {
                throw .no("Unknown charset", code: "BADCHARSET (US-ASCII UTF-8)")
            }
        }
        repeat { keys.append(try Self.key(&reader)) } while !reader.isAtEnd
        self.key = keys.count == 1 ? keys[0] : .and(keys)
    }

    private static func key(
        _ reader: inout ArgumentReader,
        first: Bool = false,
        depth: Int = 0
    ) throws(CommandProblem) -> SearchKey {
        guard depth < self.deepest else { throw .bad("Search keys are nested too deeply") }
        if reader.peek()?.kind == .listOpen {
            if first { _ = reader.takes(.listOpen) } else { try reader.listOpen() }
            var keys: [SearchKey] = []
            while !reader.takes(.listClose) {
                keys.append(try self.key(&reader, first: keys.isEmpty, depth: depth + 1))
            }
            guard !keys.isEmpty else { throw .bad("Empty list of search keys") }
            return .and(keys)
        }
        let octets = try reader.atom(first: first)
        let word = String(decoding: octets, as: UTF8.self).uppercased()
        if let key = self.flagKey(word) { return key }
        switch word {
        case "NOT": return .not(try self.key(&reader, depth: depth + 1))
        case "OR": return .or(try self.key(&reader, depth: depth + 1), try self.key(&reader, depth: depth + 1))
        case "BCC", "CC", "FROM", "SUBJECT", "TO": return .header(word, try reader.astring())
        case "HEADER":
            let name = String(decoding: try reader.astring(), as: UTF8.self)
            return .header(name, try reader.astring())
        case "BODY": return .body(try reader.astring())
        case "TEXT": return .text(try reader.astring())
        case "KEYWORD": return .flag(try self.keyword(&reader))
        case "UNKEYWORD": return .not(.flag(try self.keyword(&reader)))
        case "LARGER": return .larger(try reader.number())
        case "SMALLER": return .smaller(try reader.number())
        case "UID": return .uids(try reader.sequenceSet())
        case "BEFORE": return .date(.received, .before, day: try self.date(&reader))
        case "ON": return .date(.received, .on, day: try self.date(&reader))
        case "SINCE": return .date(.received, .since, day: try self.date(&reader))
        case "SENTBEFORE": return .date(.sent, .before, day: try self.date(&reader))
        case "SENTON": return .date(.sent, .on, day: try self.date(&reader))
        case "SENTSINCE": return .date(.sent, .since, day: try self.date(&reader))
        default:
            guard let set = SequenceSet(parsing: octets) else { throw .bad("Unknown search key") }
            return .numbers(set)
        }
    }

    private static func flagKey(_ word: String) -> SearchKey? {
        switch word {
        case "ALL": .all
        case "ANSWERED": .flag("\\Answered")
        case "DELETED": .flag("\\Deleted")
        case "DRAFT": .flag("\\Draft")
        case "FLAGGED": .flag("\\Flagged")
        case "SEEN": .flag("\\Seen")
        case "UNANSWERED": .not(.flag("\\Answered"))
        case "UNDELETED": .not(.flag("\\Deleted"))
        case "UNDRAFT": .not(.flag("\\Draft"))
        case "UNFLAGGED": .not(.flag("\\Flagged"))
        case "UNSEEN": .not(.flag("\\Seen"))
        case "NEW": .and([.recent, .not(.flag("\\Seen"))])
        case "OLD": .not(.recent)
        case "RECENT": .recent
        default: nil
        }
    }

    private static func keyword(_ reader: inout ArgumentReader) throws(CommandProblem) -> String {
        String(decoding: try reader.atom(), as: UTF8.self)
    }

    private static func date(_ reader: inout ArgumentReader) throws(CommandProblem) -> Int {
        guard let day = DateTime.dayNumber(ofDate: try reader.astring()) else { throw .bad("Invalid date") }
        return day
    }
}

extension Array where Element == UInt8 {
    /// Whether the octets are `word`, given in capitals, in any case.
    func isEqual(ignoringCase word: String) -> Bool {
        self.elementsEqual(word.utf8) { $0.asciiUppercased == $1 }
    }

    /// Whether `wanted` occurs, the case of ASCII letters disregarded (RFC 3501 section 6.4.4).
    func contains(ignoringCase wanted: [UInt8]) -> Bool {
        guard wanted.count <= self.count else { return false }
        guard let first = wanted.first?.asciiUppercased else { return true }
        let upper = wanted.map(\.asciiUppercased)
        for start in 0...(self.count - upper.count) where self[start].asciiUppercased == first {
            if upper.indices.dropFirst().allSatisfy({ self[start + $0].asciiUppercased == upper[$0] }) { return true }
        }
        return false
    }
}

extension UInt8 {
    fileprivate var asciiUppercased: UInt8 { self &- 0x61 < 26 ? self - 0x20 : self }
}
