import Foundation
import Testing

@Suite("Coverage of the protocol")
struct CoverageTests {
    @Test("the inventory is read whole")
    func inventoryIsRead() {
        #expect(ProtocolItem.all.count > 500)
        #expect(Set(ProtocolItem.all.map { "\($0.kind) \($0.name)" }).count == ProtocolItem.all.count)
    }

    @Test("every item is parsed, noted and tested, or says why not; who says so has a reason")
    func everyGapHasItsReason() {
        for one in CoverageTable().coverage {
            let isWhole = one.isParsed && one.isNoted && one.isTested && one.isExplained != false
            #expect(isWhole == (LeftOut.reason(one.item) == nil), "\(one.item)")
        }
        for row in LeftOut.all {
            #expect(ProtocolItem.all.contains { $0.kind == row.kind && $0.name == row.name }, "\(row.kind) \(row.name)")
        }
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
