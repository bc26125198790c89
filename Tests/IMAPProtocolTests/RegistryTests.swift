import IMAPProtocol
import Testing

struct RegistryTests {
    @Test
    func `every row has a name of its own, a meaning, a shape and a place where it is written`() {
        var names: Set<String> = []
        for row in Registry.rows {
            #expect((1...40).contains(row.name.utf8.count))
            #expect(!row.sentence.isEmpty)
            #expect(row.sentence.last != ".")
            #expect(!row.shape.isEmpty)
            #expect(names.insert("\(row.kind) \(row.name.uppercased())").inserted, "\(row.kind) \(row.name) twice")
            #expect(Registry.row(row.kind, row.name) == row)
            #expect(Registry.row(row.kind, row.name.lowercased()) == row)
            #expect(Registry.specification(of: row) != nil)
            #expect(!row.section.isEmpty || Registry.vendor(of: row) != nil, "\(row.name): no section and no vendor")
        }
        #expect(names.count > 650)
    }

    @Test
    func `what a row points to is there`() {
        for row in Registry.rows {
            for name in row.related + (row.brings ?? []) {
                #expect(!Registry.rows(named: name).isEmpty, "\(row.name) names \(name)")
            }
            #expect(!row.related.isEmpty || row.kind == .capability, "\(row.kind.title) \(row.name) stands alone")
            #expect(Set(row.related).count == row.related.count, "\(row.name) names something twice")
        }
    }

    @Test
    func `commands and only commands have states`() {
        for row in Registry.rows { #expect(row.states.isEmpty == (row.kind != .command), "\(row.name)") }
    }

    @Test
    func `quotes and brackets of a shape are balanced`() {
        for row in Registry.rows where row.kind != .mechanism {
            #expect(row.shape.count { $0 == "\"" } % 2 == 0, "\(row.name): \(row.shape)")
            var depth = 0
            for piece in row.shape.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            where piece.offset % 2 == 0 {
                depth += piece.element.count { $0 == "(" || $0 == "[" } - piece.element.count { $0 == ")" || $0 == "]" }
            }
            #expect(depth == 0, "\(row.name): \(row.shape)")
        }
    }

    @Test(arguments: Command.allCases)
    func `every known command is in the registry`(_ command: Command) {
        #expect(Registry.row(.command, command.rawValue) != nil)
    }

    @Test(arguments: Response.allCases)
    func `every known response is in the registry`(_ response: Response) {
        #expect(Registry.row(.response, response.rawValue) != nil)
    }

    @Test
    func `every known command has a note of its own`() {
        for command in Command.allCases {
            #expect(Notes.command("1 \(command.rawValue)")?.isEmpty == false)
            #expect(Notes.command("1 UID \(command.rawValue) 1:4 (a \"b\") {3}\r\nabc")?.isEmpty == false)
        }
    }

    @Test
    func `names that no document has are not found`() {
        for name in ["", "FETCHX", "FETC", String(repeating: "A", count: 41), "\u{FFFD}", "Ⅰ"] {
            for kind in RegistryRow.Kind.allCases { #expect(Registry.row(kind, name) == nil, "\(name)") }
        }
    }

    @Test(arguments: [
        ("RFC 3501 section 6.3.1", RegistryRow.Kind.command, "SELECT"),
        ("RFC 4422 appendix A", .mechanism, "EXTERNAL"),
        ("Gmail, in no RFC", .fetchItem, "X-GM-MSGID"),
        ("Yahoo, in no RFC", .mailboxAttribute, "\\Bulk"),
    ])
    func `a reference names document and section`(text: String, kind: RegistryRow.Kind, name: String) throws {
        #expect(Registry.reference(of: try #require(Registry.row(kind, name))) == text)
    }

    @Test(arguments: [
        ("CONDSTORE", "MODSEQ", RegistryRow.Kind.fetchItem), ("QRESYNC", "VANISHED", .response),
        ("UIDPLUS", "COPYUID", .code), ("WITHIN", "YOUNGER", .searchKey), ("IDLE", "IDLE", .command),
        ("X-GM-EXT-1", "X-GM-RAW", .searchKey),
    ])
    func `a capability tells what it brings, and that tells its capability`(
        capability: String,
        name: String,
        kind: RegistryRow.Kind
    ) throws {
        let capability = try #require(Registry.row(.capability, capability))
        let row = try #require(Registry.row(kind, name))
        #expect(Registry.brought(by: capability).contains(row))
        #expect(Registry.capabilities(of: row).contains(capability))
    }

    @Test(arguments: [
        ("uid fetch", ["command FETCH", "command UID"]),
        ("[COPYUID 1 2 3]", ["response code COPYUID"]),
        ("[copyuid]", ["response code COPYUID"]),
        ("AUTH=cram-md5", ["SASL mechanism CRAM-MD5", "capability AUTH"]),
        ("\\Seen", ["flag \\Seen"]),
        ("BODY.PEEK[HEADER]", ["FETCH item BODY.PEEK", "section part HEADER"]),
        ("body[1.2.header.fields (DATE FROM)]<0.100>", ["FETCH item BODY", "section part HEADER.FIELDS"]),
        ("$Forwarded", ["flag $Forwarded"]),
        ("{12+}", ["form on the wire {n+}"]),
        ("~{3}", ["form on the wire ~{n}"]),
        ("RIGHTS=texk", ["capability RIGHTS"]),
        ("APPENDLIMIT=35651584", ["capability APPENDLIMIT"]),
        ("/private/vendor/x/y", ["metadata entry /private/vendor"]),
        ("+flags.silent", ["STORE item +FLAGS.SILENT"]),
        ("NonExistent", ["response code NONEXISTENT", "mailbox attribute \\NonExistent"]),
        (" THREAD=REFS ", ["capability THREAD=REFS"]),
        ("PREVIEW (LAZY)", ["FETCH item PREVIEW"]),
        ("*", ["form on the wire *", "flag \\*"]),
        ("UID", ["command UID", "FETCH item UID", "SEARCH key UID", "SORT key UID"]),
        ("nothing", []), ("", []), ("[", []), ("{}", []), ("=", []), ("/", []), ("a1 NOOP", []),
    ])
    func `words are understood as they stand on the wire`(words: String, rows: [String]) {
        #expect(Registry.rows(matching: words).map { "\($0.kind.title) \($0.name)" } == rows)
    }
}
