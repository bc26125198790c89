import IMAPProtocol
import Testing

/// Input that was made to hurt: nothing is lost, nothing takes more than linear time, nothing crashes.
struct SyntaxHostileTests {
    private static let lines = SyntaxExample.all.map { ($0.line, $0.sentence) }

    @Test
    func `every octet of a message is kept by a node or separates two`() {
        for (line, sentence) in Self.lines {
            let octets = Syntax.octets(line)
            let lost = Separators.lost(Syntax.parse(octets, sentence), octets)
            #expect(lost == nil, "\(line): \(lost ?? "")")
        }
    }

    @Test
    func `a message cut at any octet keeps what there is`() {
        for (line, sentence) in Self.lines {
            let octets = Syntax.octets(line)
            for count in 0..<octets.count {
                let cut = Array(octets[..<count])
                guard let lost = Separators.lost(Syntax.parse(cut, sentence), cut) else { continue }
                Issue.record("\(line) cut at \(count): \(lost)")
                return
            }
        }
    }

    @Test
    func `a message with one octet changed keeps what there is`() {
        // LF is not among them: it ends a line, so that no framer hands one out in its middle.
        let odd = Array("() \"\\{}[]<>~*%$&0:,N\r\0\u{7F}\t".utf8) + [0x80, 0xFF]
        var position = 0
        for (line, sentence) in Self.lines {
            let octets = Syntax.octets(line)
            for index in octets.indices {
                // One of the odd octets at each place, another at the next: all meet all over the table.
                position = (position + 1) % odd.count
                var changed = octets
                changed[index] = odd[position]
                guard let lost = Separators.lost(Syntax.parse(changed, sentence), changed) else { continue }
                Issue.record("\(String(decoding: changed, as: UTF8.self)): \(lost)")
                return
            }
        }
    }

    @Test
    func `a truncated message is not called wrong for its end`() {
        let octets = Array("* 1 FETCH (UID 17 ENVELOPE (\"d\" \"s\"".utf8)
        #expect(!Syntax.parse(octets, .response).problems.isEmpty)
        #expect(Syntax.parse(octets, .response, context: SyntaxContext(isTruncated: true)).problems.isEmpty)
    }

    @Test(arguments: [
        ("* 1 FETCH (X ", "(", ")"), ("* 1 FETCH (BODY ", "(", ")"), ("* THREAD ", "(", ")"), ("a SEARCH ", "(", ")"),
        ("a SEARCH ", "NOT ", "ALL"), ("a SEARCH ", "OR ", "ALL"), ("a SEARCH ", "FUZZY (", ""), ("a XX ", "(", ")"),
        ("a SORT (", "REVERSE ", "DATE) x ALL"), ("* OK [X ", "(", "] x"), ("* 1 FETCH ", "(", ")"),
        ("a SYNCAPPLY A ", "%(B ", ")"),
    ])
    func `nesting beyond the limit is a typed problem`(_ head: String, _ open: String, _ tail: String) {
        let limit = 40
        let octets = Syntax.octets(head + String(repeating: open, count: 50_000) + tail)
        let tree = Syntax.parse(octets, .init(head), limits: SyntaxLimits(nesting: limit))
        #expect(Separators.lost(tree, octets) == nil)
        if !head.contains("OK [X") {
            #expect(tree.problems.contains { $0.found == .nesting(limit: limit) })
        }
    }

    @Test
    func `problems and deviations are counted up to their limits`() {
        let octets = Syntax.octets("* 1 FETCH (" + String(repeating: "FLAGS  x UID y ", count: 1000) + ")")
        let tree = Syntax.parse(octets, .response, limits: SyntaxLimits(problems: 5, tolerances: 7))
        #expect(tree.problems.count == 5)
        #expect(tree.tolerances.count == 7)
        #expect(tree.toleranceKinds.contains(.extraSpace))
    }

    @Test
    func `sets and results of half a million members are one node each`() {
        let set = (1...500_000).map { String($0 * 2) }.joined(separator: ",")
        let command = Syntax.octets("a FETCH \(set) FLAGS")
        let tree = Syntax.parse(command, .command)
        #expect(tree.node(.sequenceSet)?.number == 500_000)
        #expect(tree.nodes.count < 10)
        let view = SequenceSetView(tree.node(.sequenceSet)?.range ?? 0..<0)
        let numbers = view.numberCount(command.span.bytes)
        let holdsEven = view.contains(1_000_000, last: 5, command.span.bytes)
        let holdsOdd = view.contains(999_999, last: 5, command.span.bytes)
        #expect(numbers == 500_000)
        #expect(holdsEven)
        #expect(!holdsOdd)

        let found = Syntax.octets("* SEARCH " + (1...500_000).map(String.init).joined(separator: " "))
        let answer = Syntax.parse(found, .response)
        #expect(answer.node(.numberList)?.number == 500_000)
        #expect(answer.nodes.count < 10)
        var sum: UInt64 = 0
        NumberListView(answer.node(.numberList)?.range ?? 0..<0).forEach(found.span.bytes) {
            sum += $0
            return true
        }
        #expect(sum == 500_000 * 500_001 / 2)
    }

    @Test
    func `a huge message does not make the parser keep its memory`() {
        var parser = SyntaxParser()
        let huge = Syntax.octets("* X (" + String(repeating: "a ", count: 200_000) + ")")
        parser.parse(huge.span.bytes, as: .response)
        #expect(parser.tree.nodes.count > 200_000)
        let small = Syntax.octets("* 1 EXISTS")
        parser.parse(small.span.bytes, as: .response)
        #expect(parser.tree.nodes.capacity < 1 << 16)
    }

    /// Pieces that once repeated make a text in which a careless parser looks again and again at what it has seen.
    private static let families: [(String, String)] = [
        ("* 1 FETCH (X ", "BODY[ "), ("* 1 FETCH (", "BODY[ "), ("* 1 FETCH (", "BODY[HEADER.FIELDS (A "),
        ("* 1 FETCH (ENVELOPE (", "\"a\"b "), ("* 1 FETCH (ENVELOPE (", "\"a\"\" "), ("a XX ", "\"\\"),
        ("a XX ", "{1"), ("a XX ", "~{"), ("a XX ", "{1}\r\na "), ("* LIST () \"/\" ", "&a"),
        ("* LIST () \"/\" ", "a\t"),
        ("* LSUB (", "\\a\\"), ("* OK [", "[\"("), ("* OK ", "[a] "), ("* OK [PERMANENTFLAGS (", "\\a] "),
        ("* SEARCH ", "1 "), ("* SEARCH ", "12345678901234567890123"), ("a FETCH ", "1:*,"),
        ("a FETCH 1 (", "BODY[1]<1.2> "),
        ("a SEARCH ", "OR "), ("a SEARCH ", "(ALL "), ("a SEARCH ", "TEXT {2}\r\na) "), ("* THREAD ", "(1 2)(3 4 "),
        ("* 1 FETCH (FLAGS (", "\\Seen "), ("* 1 FETCH (BODY (", "(\"a\" \"b\" "),
        ("* 1 FETCH (X-GM-LABELS (", "\"\u{FF}\" "),
        ("* ESEARCH (", "TAG \"a\" "), ("a NOTIFY SET (", "subtree (a "), ("* METADATA a (", "/a ~{1}\r\na "),
        ("* 1 FETCH (BODY (\"TEXT\" \"PLAIN\" (", "\"a\" NIL  "), ("+ ", "["), ("* ID (", "a b "), ("", " "),
        ("* ", ")"),
        ("a SYNCAPPLY A %(", "B (c d) "), ("a UNDUMP a (NIL ", "b {1}\r\nc "),
        ("a XCONVSORT (DATE) (", "POSITION (1 2) "),
        ("a XSNIPPETS (", "(a 1 (2 3)) "), ("a SEARCH MIMEPART (", "NOT (A "),
    ]

    @Test(arguments: families)
    func `time grows no faster than the text`(_ head: String, _ piece: String) {
        var parser = SyntaxParser()
        let sentence = Sentence(head)
        let growth = Growth.ofCost(head, piece) { parser.parse($0, as: sentence) }
        #expect(growth < Growth.linear)
    }

    @Test(arguments: families)
    func `the tree grows no faster than the text`(_ head: String, _ piece: String) {
        var counts: [Int] = []
        for size in [8, 16, 32, 64] {
            let text = Syntax.octets(head + String(repeating: piece, count: (size << 10) / piece.utf8.count))
            let tree = Syntax.parse(text, Sentence(head))
            #expect(tree.nodes.count <= text.count)
            counts.append(tree.nodes.count)
        }
        for (half, whole) in zip(counts, counts.dropFirst()) { #expect(whole <= 2 * half + 16, "\(counts)") }
    }
}

extension Sentence {
    /// A test's line is a response when it begins as one.
    fileprivate init(_ head: String) {
        self = head.hasPrefix("*") || head.hasPrefix("+") ? .response : .command
    }
}
