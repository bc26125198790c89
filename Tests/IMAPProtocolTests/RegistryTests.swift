import IMAPProtocol
import Testing

struct RegistryTests {
    @Test
    func `every row says something and has a name of its own`() {
        var names: Set<String> = []
        for row in Registry.rows {
            #expect(!row.name.isEmpty)
            #expect(!row.sentence.isEmpty)
            #expect(row.sentence.last != ".")
            #expect(
                names.insert("\(row.kind.rawValue) \(row.name.uppercased())").inserted,
                "\(row.kind) \(row.name) twice"
            )
            #expect(Registry.row(row.kind, row.name) == row)
            #expect(Registry.specification(of: row) != nil)
        }
        #expect(names.count > 400)
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
}
