/// One response: text and literals, without the last line end.
struct OutputLine: Sendable, Hashable {
    enum Piece: Sendable, Hashable {
        case text([UInt8])
        case literal([UInt8])
    }

    private(set) var pieces: [Piece] = []

    init(_ text: String = "") {
        self.append(text)
    }

    mutating func append(_ text: String) {
        self.append(octets: Array(text.utf8))
    }

    mutating func append(octets: [UInt8]) {
        guard !octets.isEmpty else { return }
        if case .text(let earlier) = self.pieces.last {
            self.pieces[self.pieces.count - 1] = .text(earlier + octets)
        } else {
            self.pieces.append(.text(octets))
        }
    }

    mutating func append(literal octets: [UInt8]) {
        self.pieces.append(.literal(octets))
    }

    mutating func append(_ line: OutputLine) {
        for piece in line.pieces {
            switch piece {
            case .text(let octets): self.append(octets: octets)
            case .literal(let octets): self.append(literal: octets)
            }
        }
    }

    /// A quoted string, or a literal where RFC 3501 section 9 allows no quoted one.
    mutating func append(string octets: [UInt8]) {
        guard octets.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), octets.count <= 1000 else {
            self.append(literal: octets)
            return
        }
        var quoted: [UInt8] = [UInt8(ascii: "\"")]
        for octet in octets {
            if octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "\\") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(octet)
        }
        self.append(octets: quoted + [UInt8(ascii: "\"")])
    }

    mutating func append(nstring octets: [UInt8]?) {
        guard let octets else { return self.append("NIL") }
        self.append(string: octets)
    }

    /// An atom where the name is one, else a string.
    mutating func append(mailbox name: String) {
        let octets = Array(name.utf8)
        let isAtom =
            !octets.isEmpty && name.uppercased() != "NIL"
            && octets.allSatisfy { octet in
                octet > 0x20 && octet < 0x7F && !Array("(){%*\"\\".utf8).contains(octet)
            }
        if isAtom { self.append(octets: octets) } else { self.append(string: octets) }
    }

    /// The octets on the wire.
    func octets(lineEnd: [UInt8], literalSizeError: Int) -> [UInt8] {
        var result: [UInt8] = []
        for piece in self.pieces {
            switch piece {
            case .text(let octets):
                result += octets
            case .literal(let octets):
                result += Array("{\(max(octets.count + literalSizeError, 0))}".utf8) + lineEnd + octets
            }
        }
        return result + lineEnd
    }
}
