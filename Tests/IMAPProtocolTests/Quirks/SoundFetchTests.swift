import IMAPWire
import Testing

@testable import IMAPProtocol

/// The fast look at FETCH responses says nothing of its own: where it finds a line sound, the full walk has nothing to
/// note either.
@Suite struct SoundFetchTests {
    static let sound = [
        "* 1 FETCH (FLAGS (\\Seen $Forwarded a-funny-flag) UID 17 MODSEQ (12345) RFC822.SIZE 2048)",
        "* 2 FETCH (INTERNALDATE \"17-Jul-1996 02:44:25 -0700\" FLAGS ())",
        "* 12 FETCH (ENVELOPE (\"Wed, 17 Jul 1996 02:23:25 -0700 (PDT)\" \"a \\\"b\\\" c\" "
            + "((\"Terry Gray\" NIL \"gray\" \"cac.washington.edu\")) NIL NIL "
            + "((NIL NIL \"imap\" \"cac.washington.edu\")(\"x\" NIL \"y\" \"z\")) NIL NIL NIL \"<B27397@cac>\"))",
        "* 3 FETCH (BODY (\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" 3028 92))",
        "* 4 FETCH (UID 9 BODYSTRUCTURE ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1152 23 NIL NIL NIL NIL)"
            + "(\"image\" \"png\" (\"name\" \"a  b.png\") \"<960723163407@cac>\" \"x\" \"BASE64\" 4554 NIL "
            + "(\"attachment\" (\"filename\" \"cc)diff\")) (\"en\" \"de\") \"here\") \"MIXED\" (\"BOUNDARY\" \"--x\") NIL NIL NIL))",
        "* 5 FETCH (BODYSTRUCTURE (\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 342 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) "
            + "(\"text\" \"html\" NIL NIL NIL \"quoted-printable\" 3 1) 10 NIL (\"inline\" NIL)))",
    ]

    static func isSound(_ line: [UInt8]) -> Bool {
        let text = line.span.bytes
        let head = ResponseHead(text)
        return SoundFetch.accepts(text, from: head.arguments, to: ResponseHead.contentEnd(text))
    }

    static func sightings(_ line: [UInt8]) -> [QuirkSighting] {
        let text = line.span.bytes
        let head = ResponseHead(text)
        let end = ResponseHead.contentEnd(text)
        var scanner = QuirkScanner()
        var reader = FetchReader(tokenizer: scanner.tokenizer)
        reader.begin(at: head.arguments)
        reader.items(text)
        var sightings = reader.sightings
        scanner.spacing(text, from: head.arguments, to: end, &sightings)
        return sightings
    }

    @Test(arguments: sound)
    func `a line of the grammar is sound`(_ line: String) {
        let octets = Array((line + "\r\n").utf8)
        #expect(Self.isSound(octets))
        #expect(Self.sightings(octets).isEmpty)
    }

    @Test(arguments: sound)
    func `a cut line is never sound`(_ line: String) {
        let octets = Array(line.utf8)
        for length in 0..<octets.count { #expect(!Self.isSound(Array(octets[..<length]))) }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `what is sound has no quirk`(_ seed: UInt64) {
        var random = Xorshift(state: seed &* 0x9E37_79B9_7F4A_7C15)
        let pieces =
            Array("()\" \\NIL<>@-0]}{\r\n9abT\u{0}").map { Array(String($0).utf8) } + [
                Array("NIL".utf8), Array("()".utf8), Array("((".utf8), Array(" (".utf8), Array("\"\"".utf8),
                Array("  ".utf8),
            ]
        var accepted = 0
        for line in Self.sound {
            for _ in 0..<2_000 {
                var octets = Array(line.utf8)
                for _ in 0...(Int(random.next() % 2)) {
                    let start = 10 + Int(random.next() % UInt64(octets.count - 10))
                    let length = min(Int(random.next() % 4), octets.count - start)
                    octets.replaceSubrange(
                        start..<(start + length),
                        with: pieces[Int(random.next() % UInt64(pieces.count))]
                    )
                }
                octets += [0x0D, 0x0A]
                guard Self.isSound(octets) else { continue }
                accepted += 1
                let sightings = Self.sightings(octets)
                #expect(sightings.isEmpty, "\(String(decoding: octets, as: UTF8.self)): \(sightings)")
            }
        }
        // Changes inside strings keep a line sound: the comparison was made often enough to mean something.
        #expect(accepted > 500)
    }
}

/// The same numbers in every run.
private struct Xorshift {
    var state: UInt64

    mutating func next() -> UInt64 {
        self.state ^= self.state << 13
        self.state ^= self.state >> 7
        self.state ^= self.state << 17
        return self.state
    }
}
