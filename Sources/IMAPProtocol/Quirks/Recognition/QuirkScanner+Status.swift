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

    private mutating func code(_ text: RawSpan, _ code: ResponseCode, _ sightings: inout [QuirkSighting]) {
        let name = text.uppercased(code.name)
        switch name {
        case "COPYUID": self.arguments(text, code, expected: 3, &sightings)
        case "APPENDUID": self.arguments(text, code, expected: 2, &sightings)
        case "UIDNEXT", "UIDVALIDITY", "UNSEEN":
            let words = self.words(text, code)
            if let first = words.first, text.number(first) == 0 {
                sightings.note(.zeroForPositive, at: first.lowerBound)
            }
        case "CLOSED", "NOMODSEQ", "READ-ONLY", "READ-WRITE", "TRYCREATE", "ALERT", "UIDNOTSTICKY":
            if let first = self.words(text, code).first {
                sightings.note(.unexpectedCodeArguments, at: first.lowerBound)
            }
        case "PERMANENTFLAGS":
            self.flags(text, code.arguments..<code.end, isPermanent: true, &sightings)
            if OddPairs.occur(in: text.extracting(code.arguments..<code.end)) {
                self.spacing(text, from: code.arguments, to: code.end, &sightings)
            }
        case "CAPABILITY": self.capabilities(text, code.arguments..<code.end, &sightings)
        default:
            if name.hasPrefix("ERROR=") { sightings.note(.diagnosticCode, at: code.name.lowerBound) }
        }
    }

    private func arguments(
        _ text: RawSpan,
        _ code: ResponseCode,
        expected: Int,
        _ sightings: inout [QuirkSighting]
    ) {
        guard self.words(text, code).count < expected else { return }
        sightings.note(.incompleteUIDCode, at: code.name.lowerBound)
    }

    /// The first words of a code's arguments.
    private func words(_ text: RawSpan, _ code: ResponseCode) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var index = code.arguments
        while index < code.end, words.count < 4 {
            while index < code.end, text[index] == 0x20 { index += 1 }
            let start = index
            while index < code.end, text[index] != 0x20 { index += 1 }
            if start < index { words.append(start..<index) }
        }
        return words
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
