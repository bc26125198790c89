/// An address structure of ENVELOPE: the four strings of RFC 3501 section 7.4.2.
///
/// A group begins with an entry that has a mailbox but no host, and ends with one of four NILs.
struct Address: Sendable, Hashable {
    var name: [UInt8]?
    var route: [UInt8]?
    var mailbox: [UInt8]?
    var host: [UInt8]?

    /// Reads an address-list of RFC 5322 section 3.4; what cannot be understood is left out.
    static func list(parsing text: [UInt8]) -> [Address] {
        var addresses: [Address] = []
        var words: [Word] = []
        var angle: [Word]?
        var comment: [UInt8]?
        func finish() {
            if let address = self.address(words, angle, comment) { addresses.append(address) }
            (words, angle, comment) = ([], nil, nil)
        }
        for word in self.words(text) {
            switch word {
            case .comment(let text): comment = text
            case .special(UInt8(ascii: "<")): angle = []
            case .special(UInt8(ascii: ">")): break
            case .special(UInt8(ascii: ",")): if !self.isRoute(angle) { finish() }
            case .special(UInt8(ascii: ";")):
                finish()
                addresses.append(Address())
            case .special(UInt8(ascii: ":")) where angle == nil:
                addresses.append(Address(mailbox: self.phrase(words)))
                (words, comment) = ([], nil)
            default:
                if angle != nil { angle?.append(word) } else { words.append(word) }
            }
        }
        finish()
        return addresses
    }

    private enum Word: Hashable {
        case atom([UInt8])
        case quoted([UInt8])
        case comment([UInt8])
        /// One of `<>,;:@.`
        case special(UInt8)

        var octets: [UInt8] {
            switch self {
            case .atom(let octets), .quoted(let octets), .comment(let octets): octets
            case .special(let octet): [octet]
            }
        }
    }

    /// `<@a,@b:user@host>`: the comma belongs to the obsolete route until the colon has come.
    private static func isRoute(_ angle: [Word]?) -> Bool {
        guard let angle, angle.first == .special(UInt8(ascii: "@")) else { return false }
        return !angle.contains(.special(UInt8(ascii: ":")))
    }

    private static func address(_ words: [Word], _ angle: [Word]?, _ comment: [UInt8]?) -> Address? {
        var address = Address()
        var specification = words
        if var inner = angle {
            address.name = self.phrase(words)
            if inner.first == .special(UInt8(ascii: "@")), let colon = inner.firstIndex(of: .special(UInt8(ascii: ":")))
            {
                address.route = inner[..<colon].flatMap(\.octets)
                inner = Array(inner[(colon + 1)...])
            }
            specification = inner
        } else {
            address.name = comment
        }
        guard !specification.isEmpty else { return nil }
        let at = specification.lastIndex(of: .special(UInt8(ascii: "@"))) ?? specification.endIndex
        address.mailbox = specification[..<at].flatMap(\.octets)
        // The host is never NIL, for that would begin a group.
        address.host = at < specification.endIndex ? specification[(at + 1)...].flatMap(\.octets) : []
        return address
    }

    private static func phrase(_ words: [Word]) -> [UInt8]? {
        var text: [UInt8] = []
        for word in words {
            if !text.isEmpty, word != .special(UInt8(ascii: ".")) { text.append(UInt8(ascii: " ")) }
            text += word.octets
        }
        return text.isEmpty ? nil : text
    }

    private static func words(_ text: [UInt8]) -> [Word] {
        var words: [Word] = []
        var index = 0
        while index < text.count {
            let octet = text[index]
            index += 1
            switch octet {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): continue
            case UInt8(ascii: "\""): words.append(.quoted(self.quoted(text, &index)))
            case UInt8(ascii: "("): words.append(.comment(self.comment(text, &index)))
            case _ where self.specials.contains(octet): words.append(.special(octet))
            default:
                var atom = [octet]
                while index < text.count, !self.specials.contains(text[index]),
                    !Array(" \t\"(".utf8).contains(text[index])
                {
                    atom.append(text[index])
                    index += 1
                }
                words.append(.atom(atom))
            }
        }
        return words
    }

    private static let specials = Array("<>,;:@.".utf8)

    private static func quoted(_ text: [UInt8], _ index: inout Int) -> [UInt8] {
        var result: [UInt8] = []
        while index < text.count, text[index] != UInt8(ascii: "\"") {
            if text[index] == UInt8(ascii: "\\"), index + 1 < text.count { index += 1 }
            result.append(text[index])
            index += 1
        }
        index += 1
        return result
    }

    private static func comment(_ text: [UInt8], _ index: inout Int) -> [UInt8] {
        var result: [UInt8] = []
        var depth = 1
        while index < text.count {
            var octet = text[index]
            index += 1
            if octet == UInt8(ascii: "\\"), index < text.count {
                octet = text[index]
                index += 1
            } else if octet == UInt8(ascii: "(") {
                depth += 1
            } else if octet == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 { break }
            }
            result.append(octet)
        }
        return result
    }
}
