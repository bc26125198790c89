/// A message as SEARCH looks at it.
struct SearchSubject {
    var message: StoredMessage
    var number: UInt32
    var isRecent: Bool
    var largestUID: UInt32
    var count: UInt32
}

extension SearchProgram {
    func matches(_ subject: SearchSubject) -> Bool {
        Self.matches(self.key, subject)
    }

    private static func matches(_ key: SearchKey, _ subject: SearchSubject) -> Bool {
        let message = subject.message
        switch key {
        case .all: return true
        case .flag(let name): return message.flags.contains(name)
        case .recent: return subject.isRecent
        case .header(let name, let wanted):
            return MessageText(message.octets).values(name).contains { $0.contains(ignoringCase: wanted) }
        case .body(let wanted):
            return Array(message.octets[MessageText(message.octets).body]).contains(ignoringCase: wanted)
        case .text(let wanted): return message.octets.contains(ignoringCase: wanted)
        case .date(let field, let comparison, let day): return self.matches(field, comparison, day, message)
        case .larger(let size): return message.octets.count > Int(size)
        case .smaller(let size): return message.octets.count < Int(size)
        case .numbers(let set):
            return set.resolved(largest: subject.count).contains { $0.contains(subject.number) }
        case .uids(let set):
            return set.resolved(largest: subject.largestUID).contains { $0.contains(message.uid) }
        case .not(let key): return !self.matches(key, subject)
        case .or(let left, let right): return self.matches(left, subject) || self.matches(right, subject)
        case .and(let keys): return keys.allSatisfy { self.matches($0, subject) }
        }
    }

    private static func matches(
        _ field: SearchKey.DateField,
        _ comparison: SearchKey.DateComparison,
        _ wanted: Int,
        _ message: StoredMessage
    ) -> Bool {
        let day: Int? =
            switch field {
            case .received: message.internalDate.dayNumber
            case .sent: MessageText(message.octets).first("date").flatMap { DateTime.dayNumber(ofHeader: $0) }
            }
        guard let day else { return false }
        switch comparison {
        case .before: return day < wanted
        case .on: return day == wanted
        case .since: return day >= wanted
        }
    }
}
