/// Deterministic server streams, made in memory.
enum Fixtures {
    /// A small generator (SplitMix64): the same octets on every machine.
    struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            self.state &+= 0x9E37_79B9_7F4A_7C15
            var value = self.state
            value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }

    private static let words = [
        "weekly", "report", "crash", "team", "meeting", "invoice", "status", "budget", "release", "notes", "review",
        "plan",
    ]
    private static let people = ["alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi"]

    /// Token-dense FETCH responses: UID, FLAGS, INTERNALDATE, RFC822.SIZE, ENVELOPE and BODYSTRUCTURE, no literals.
    static func dense(octets: Int) -> [UInt8] {
        var random = Generator(state: 7)
        var stream: [UInt8] = []
        stream.reserveCapacity(octets + 2000)
        var number = 0
        func address() -> String {
            let name = self.people.randomElement(using: &random) ?? ""
            return "((\"\(name) example\" NIL \"\(name)\" \"example.org\"))"
        }
        func part() -> String {
            "(\"text\" \"plain\" (\"charset\" \"utf-8\" \"format\" \"flowed\") NIL NIL \"quoted-printable\" "
                + "\(Int.random(in: 100...90_000, using: &random)) \(Int.random(in: 3...2000, using: &random)) NIL NIL NIL NIL)"
        }
        while stream.count < octets {
            number += 1
            let subject = (0..<4).map { _ in self.words.randomElement(using: &random) ?? "" }.joined(separator: " ")
            let flags = ["\\Seen", "\\Seen \\Answered", "\\Flagged $Label1", ""].randomElement(using: &random) ?? ""
            let day = Int.random(in: 10...28, using: &random)
            let line =
                "* \(number) FETCH (UID \(number * 2 + 1) FLAGS (\(flags)) INTERNALDATE \"\(day)-Oct-2019 23:44:00 -0700\" "
                + "RFC822.SIZE \(Int.random(in: 400...900_000, using: &random)) ENVELOPE (\"Mon, \(day) Oct 2019 23:44:00 -0700\" "
                + "\"Re: \(subject)\" \(address()) \(address()) \(address()) \(address()) NIL NIL NIL "
                + "\"<\(random.next())@example.org>\") BODYSTRUCTURE (\(part())\(part())(\"application\" \"pdf\" "
                + "(\"name\" \"\(subject).pdf\") NIL NIL \"base64\" \(Int.random(in: 1000...900_000, using: &random)) NIL "
                + "(\"attachment\" (\"filename\" \"\(subject).pdf\")) NIL NIL) \"mixed\" (\"boundary\" \"=_\(random.next())\") "
                + "NIL NIL NIL))\r\n"
            stream += Array(line.utf8)
        }
        return stream
    }

    /// FETCH responses with base64 bodies of 20 to 300 kB in literals.
    static func literalHeavy(octets: Int) -> [UInt8] {
        var random = Generator(state: 11)
        var stream: [UInt8] = []
        stream.reserveCapacity(octets + 400_000)
        let line = Array("VGhpcyBpcyBhIGxpbmUgb2YgYmFzZTY0IHRleHQgYXMgYXR0YWNobWVudHMgaGF2ZSBpdCwgbm8=\r\n".utf8)
        var number = 0
        while stream.count < octets {
            number += 1
            let lines = Int.random(in: 250...3800, using: &random)
            stream += Array("* \(number) FETCH (UID \(number) BODY[] {\(lines * line.count)}\r\n".utf8)
            for _ in 0..<lines { stream += line }
            stream += Array(")\r\n".utf8)
        }
        return stream
    }
}
