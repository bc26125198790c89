import IMAPWire
import Traffic

// MARK: - Status responses

extension QuirkScanner {
    mutating func status(_ text: RawSpan, _ line: ResponseHead, _ sightings: inout [QuirkSighting]) {
        let end = ResponseHead.contentEnd(text)
        if line.kind == .untagged, line.name.isEmpty { sightings.note(.missingStatusWord, at: line.arguments) }
        if let code = ResponseCode(text, from: line.arguments) {
            self.code(text, code, &sightings)
            if code.end >= end - 1, !line.name.isEmpty { sightings.note(.missingStatusText, at: code.end) }
        } else if line.arguments >= end {
            sightings.note(.missingStatusText, at: line.name.lowerBound)
        }
        self.braces(text, end, isText: true, &sightings)
        self.marks(text, line.arguments..<min(end, line.arguments + 1024), &sightings)
    }

    /// What can be wrong with a response code.
    private enum CodeRule {
        /// It has no arguments.
        case bare
        /// A number that cannot be zero.
        case positive
        /// So many arguments at least.
        case arguments(Int)
        case permanentFlags
        case capabilities
        case diagnostic
        case none

        init(_ text: RawSpan, _ name: Range<Int>) {
            func isOne(of word: StaticString, _ other: StaticString? = nil) -> Bool {
                text.matches(name, word) || other.map { text.matches(name, $0) } ?? false
            }
            switch name.count {
            case 5 where isOne(of: "ALERT"), 6 where isOne(of: "CLOSED"), 8 where isOne(of: "NOMODSEQ"),
                9 where isOne(of: "READ-ONLY", "TRYCREATE"), 10 where isOne(of: "READ-WRITE"),
                12 where isOne(of: "UIDNOTSTICKY"):
                self = .bare
            case 6 where isOne(of: "UNSEEN"), 7 where isOne(of: "UIDNEXT"), 11 where isOne(of: "UIDVALIDITY"):
                self = .positive
            case 7 where isOne(of: "COPYUID"): self = .arguments(3)
            case 9 where isOne(of: "APPENDUID"): self = .arguments(2)
            case 10 where isOne(of: "CAPABILITY"): self = .capabilities
            case 14 where isOne(of: "PERMANENTFLAGS"): self = .permanentFlags
            case 6... where text.matches(name.lowerBound..<(name.lowerBound + 6), "ERROR="): self = .diagnostic
            default: self = .none
            }
        }
    }

    private mutating func code(_ text: RawSpan, _ code: ResponseCode, _ sightings: inout [QuirkSighting]) {
        switch CodeRule(text, code.name) {
        case .arguments(let expected):
            if self.countWords(text, code) < expected { sightings.note(.incompleteUIDCode, at: code.name.lowerBound) }
        case .positive:
            if let first = self.word(text, code, from: code.arguments), text.number(first) == 0 {
                sightings.note(.zeroForPositive, at: first.lowerBound)
            }
        case .bare:
            if let first = self.word(text, code, from: code.arguments) {
                sightings.note(.unexpectedCodeArguments, at: first.lowerBound)
            }
        case .permanentFlags:
            self.flags(text, code.arguments..<code.end, isPermanent: true, &sightings)
            if OddPairs.occur(in: text.extracting(code.arguments..<code.end)) {
                self.spacing(text, from: code.arguments, to: code.end, &sightings)
            }
        case .capabilities: self.capabilities(text, code.arguments..<code.end, &sightings)
        case .diagnostic: sightings.note(.diagnosticCode, at: code.name.lowerBound)
        case .none: break
        }
    }

    private func countWords(_ text: RawSpan, _ code: ResponseCode) -> Int {
        var count = 0
        var index = code.arguments
        while let word = self.word(text, code, from: index) {
            count += 1
            index = word.upperBound
        }
        return count
    }

    /// The next word of a code's arguments.
    private func word(_ text: RawSpan, _ code: ResponseCode, from start: Int) -> Range<Int>? {
        var begin = start
        while begin < code.end, text[begin] == 0x20 { begin += 1 }
        var end = begin
        while end < code.end, text[end] != 0x20 { end += 1 }
        return begin < end ? begin..<end : nil
    }

    /// Texts that say more than they seem to.
    private func marks(_ text: RawSpan, _ range: Range<Int>, _ sightings: inout [QuirkSighting]) {
        var found: [(mark: Int, offset: Int)] = []
        Quirk.textSearch.find(in: text, range) { mark, offset in
            if !found.contains(where: { $0.mark == mark }) { found.append((mark, offset)) }
        }
        for (mark, offset) in found.sorted(by: { $0.mark < $1.mark }) {
            sightings.note(Quirk.textMarks[mark].quirk, at: offset)
        }
    }
}
