import IMAPProtocol
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A line and the tree it makes, from the files under `Tests/Examples/Syntax`.
///
/// Each example is a line `C: ...` or `S: ...`, in which `\r\n` stands for a line end, and below it, indented, the tree:
/// see ``SyntaxTree/description(_:from:)``; then `!offset expected ... found ...` for problems and `?offset name` for
/// accepted deviations.
struct SyntaxExample: Sendable, CustomTestStringConvertible {
    var line: String
    var sentence: Sentence
    var tree: String

    var testDescription: String { self.line }

    static let all: [SyntaxExample] = ["commands", "responses", "deviations"].flatMap { Self.read($0) }

    private static func read(_ name: String) -> [SyntaxExample] {
        var path = #filePath
        while !path.hasSuffix("/Tests") { path = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) }
        guard let file = fopen("\(path)/Examples/Syntax/\(name).txt", "r") else { return [] }
        defer { fclose(file) }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0 else { break }
            octets += buffer[..<count]
        }
        var examples: [SyntaxExample] = []
        for piece in String(decoding: octets, as: UTF8.self).split(separator: "\n") {
            let text = self.unescaped(piece)
            if piece.hasPrefix("C: ") {
                examples.append(SyntaxExample(line: String(text.dropFirst(3)), sentence: .command, tree: ""))
            } else if piece.hasPrefix("S: ") {
                examples.append(SyntaxExample(line: String(text.dropFirst(3)), sentence: .response, tree: ""))
            } else if piece.hasPrefix("  "), !examples.isEmpty {
                examples[examples.count - 1].tree = String(text.dropFirst(2))
            }
        }
        return examples
    }

    private static func unescaped(_ piece: Substring) -> String {
        // A carriage return and a line feed are one character of Swift, so not by `replacing`.
        var result = ""
        var rest = piece.unicodeScalars[...]
        while let first = rest.first {
            if first == "\\", rest.starts(with: "\\r\\n".unicodeScalars) {
                result += "\r\n"
                rest = rest.dropFirst(4)
            } else {
                result.unicodeScalars.append(first)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}

struct SyntaxExampleTests {
    @Test(arguments: SyntaxExample.all)
    func `the line makes its tree`(_ example: SyntaxExample) {
        #expect(Syntax.show(example.line, example.sentence) == example.tree)
    }

    @Test
    func `the files hold examples of every kind`() {
        #expect(SyntaxExample.all.count > 350)
        #expect(SyntaxExample.all.allSatisfy { !$0.tree.isEmpty })
    }

    /// Productions that are only ever what was expected, and those of lines that are neither command nor response.
    private static let neverNodes: Set<Production> = [
        .crlf, .closeParenthesis, .closeBracket, .quoted, .responseName, .codeName, .respText, .searchKey,
        .sortKey, .fetchAtt, .parameter, .event, .authenticateResponse, .cancelResponse, .idleDone, .base64,
        .mailboxFilter, .entryAtt,
    ]

    @Test
    func `every production has an example`() {
        var found: Set<Production> = []
        for example in SyntaxExample.all {
            for node in Syntax.parse(Syntax.octets(example.line), example.sentence).nodes {
                found.insert(node.production)
            }
        }
        let missing = Production.allCases.filter { !found.contains($0) && !Self.neverNodes.contains($0) }
        #expect(missing.isEmpty, "no example of \(missing.map(\.name))")
    }

    @Test
    func `every tolerance has an example`() {
        var found = ToleranceSet()
        for example in SyntaxExample.all {
            found.formUnion(Syntax.parse(Syntax.octets(example.line), example.sentence).toleranceKinds)
        }
        // The files are UTF-8.
        let missing = Tolerance.allCases.filter { !found.contains($0) && $0 != .invalidUTF8 }
        #expect(missing.isEmpty, "no example of \(missing.map(\.name))")
    }

    @Test
    func `octets that are not UTF-8 are marked, and UTF-8 only where nobody agreed on it`() {
        let broken = Array("* LIST () \"/\" \"a".utf8) + [0xC3, 0x28] + Array("\"\r\n".utf8)
        #expect(Syntax.parse(broken, .response).toleranceKinds == ToleranceSet(.invalidUTF8))
        #expect(
            Syntax.parse(broken, .response, context: SyntaxContext(utf8: true)).toleranceKinds
                == ToleranceSet(.invalidUTF8)
        )
        let umlaut = Syntax.octets("* LIST () \"/\" \"Entwürfe &-\"")
        #expect(Syntax.parse(umlaut, .response).toleranceKinds.contains(.eightBitWithoutUTF8))
        #expect(Syntax.parse(umlaut, .response, context: SyntaxContext(utf8: true)).toleranceKinds.isEmpty)
        let overlong = Array("* OK ".utf8) + [0xC0, 0x80] + Array("\r\n".utf8)
        #expect(Syntax.parse(overlong, .response).toleranceKinds == ToleranceSet(.invalidUTF8))
    }

    @Test(arguments: Command.allCases)
    func `every known command has a grammar`(_ command: Command) {
        let tree = Syntax.parse(Syntax.octets("a \(command.rawValue)"), .command)
        #expect(tree.first(.unknownCommand) == nil)
    }

    @Test(arguments: VendorCommand.allCases)
    func `every known command of a vendor has a grammar, a row of the registry and a note`(_ command: VendorCommand) {
        let tree = Syntax.parse(Syntax.octets("a \(command.rawValue)"), .command)
        #expect(tree.first(.unknownCommand) == nil && tree.first(.experimentalCommand) == nil)
        #expect(Registry.row(.command, command.rawValue) != nil)
        #expect(Command(rawValue: command.rawValue) == nil)
        for arguments in ["", " 1:4 (a \"b\") {3}\r\nabc", " ((", " ) x"] {
            let note = Notes.command("1 \(command.rawValue)" + arguments)
            #expect(note?.isEmpty == false)
            #expect(note?.hasPrefix("unknown") == false)
        }
    }

    @Test(arguments: Response.allCases)
    func `every known response has a grammar`(_ response: Response) {
        let tree = Syntax.parse(Syntax.octets("* \(response.rawValue)"), .response)
        #expect(tree.first(.unknownResponse) == nil)
    }

    @Test
    func `lines of a login and the end of IDLE are read as such`() {
        func show(_ line: String, _ sentence: Sentence) -> String { Syntax.show(line, sentence) }
        #expect(show("dGlt", .authenticateResponse) == "(authenticate-response (base64 dGlt))")
        #expect(show("", .authenticateResponse) == "(authenticate-response)")
        #expect(show("*", .authenticateResponse) == "(authenticate-response (cancel-response *))")
        #expect(
            show("dGl", .authenticateResponse) == "(authenticate-response (base64? dGl)) ?0 invalid-base64"
        )
        #expect(show("done", .idleDone) == "(idle-done)")
        #expect(
            show("NOOP", .idleDone)
                == "(idle-done (atom NOOP)) !0 expected idle-done found an atom !0 expected crlf found an atom"
        )
    }

    @Test
    func `numbers, sizes of literals and counts of sets are values of their nodes`() {
        let octets = Syntax.octets("* 7 FETCH (UID 17 BODY[] {3}\r\nabc X-GM-MSGID 18446744073709551615)")
        let tree = Syntax.parse(octets, .response)
        #expect(tree.node(.nzNumber)?.number == 7)
        #expect(tree.node(.uniqueid)?.number == 17)
        #expect(tree.node(.nstring)?.number == 3)
        #expect(tree.node(.number64)?.number == .max)
        #expect(tree.problems.isEmpty && tree.tolerances.isEmpty)
        #expect(
            tree.children(of: tree.first(.msgAtt) ?? 0).map { tree[$0].production } == [.uid, .bodySection, .xGmMsgid]
        )
    }

    @Test
    func `a node gives the octets that its string stands for`() throws {
        let octets = Syntax.octets(#"a LOGIN "j\"o\\e\x""# + " {3}\r\nabc")
        let tree = Syntax.parse(octets, .command)
        let user = try #require(tree.node(.userid)).octets(in: octets.span.bytes)
        let password = try #require(tree.node(.password)).octets(in: octets.span.bytes)
        let login = try #require(tree.node(.login)).octets(in: octets.span.bytes)
        #expect(user == Array(#"j"o\e\x"#.utf8))
        #expect(password == Array("abc".utf8))
        #expect(login == nil)
    }
}
