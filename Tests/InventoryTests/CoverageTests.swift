import Foundation
import Testing

@Suite("Coverage of the protocol")
struct CoverageTests {
    @Test("the inventory is read whole")
    func inventoryIsRead() {
        #expect(ProtocolItem.all.count > 500)
        #expect(Set(ProtocolItem.all.map { "\($0.kind) \($0.name)" }).count == ProtocolItem.all.count)
    }

    /// `IMAPSCOPE_WRITE_TABLES=1 swift test --filter Coverage` writes it anew.
    @Test("the committed table is the one that the tests count")
    func tableIsFresh() throws {
        let markdown = CoverageTable().markdown
        let url = InventoryFile.root.appending(path: CoverageTable.path)
        if ProcessInfo.processInfo.environment["IMAPSCOPE_WRITE_TABLES"] != nil {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try markdown.write(to: url, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: url, encoding: .utf8) == markdown)
    }
}
