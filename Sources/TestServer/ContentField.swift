/// A header field of MIME with parameters: `text/plain; charset=utf-8` (RFC 2045 section 5.1, RFC 2183).
struct ContentField: Sendable {
    /// What stands before the first semicolon, as written.
    var value: [UInt8]
    var parameters: [(name: [UInt8], value: [UInt8])] = []

    init(parsing text: [UInt8]) {
        var pieces: [[UInt8]] = [[]]
        var isQuoted = false
        var isEscaped = false
        var comment = 0
        for octet in text {
            if isEscaped {
                isEscaped = false
                if comment == 0 { pieces[pieces.count - 1].append(octet) }
                continue
            }
            switch octet {
            case UInt8(ascii: "\\") where isQuoted || comment > 0: isEscaped = true
            case UInt8(ascii: "\"") where comment == 0:
                isQuoted.toggle()
            case UInt8(ascii: "(") where !isQuoted: comment += 1
            case UInt8(ascii: ")") where !isQuoted && comment > 0: comment -= 1
            case UInt8(ascii: ";") where !isQuoted && comment == 0: pieces.append([])
            default:
                let isBlank = octet == UInt8(ascii: " ") || octet == UInt8(ascii: "\t")
                if comment == 0, isQuoted || !isBlank { pieces[pieces.count - 1].append(octet) }
            }
        }
        self.value = pieces[0]
        for piece in pieces.dropFirst() {
            guard let equals = piece.firstIndex(of: UInt8(ascii: "=")), equals > 0 else { continue }
            self.parameters.append((Array(piece[..<equals]), Array(piece[(equals + 1)...])))
        }
    }

    func parameter(_ name: String) -> [UInt8]? {
        self.parameters.first { String(decoding: $0.name, as: UTF8.self).lowercased() == name }?.value
    }
}
