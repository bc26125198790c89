import AuditChecks
import Testing

@Suite struct CatalogueTests {
    /// How many checks the groups have.
    static let sizes = [
        "T": 18, "S": 20, "C": 17, "A": 16, "M": 15, "SC": 27, "O": 10, "P": 19, "X": 6,
    ]

    @Test func `every number is a check, or says why it is none`() {
        let built = Catalogue.shipped.descriptions.map(\.id)
        let numbers = built + Catalogue.shipped.unbuilt.map(\.id)
        let wanted = Self.sizes.flatMap { group, size in
            (1...size).map { $0 < 10 ? "\(group)0\($0)" : "\(group)\($0)" }
        }
        #expect(Set(numbers) == Set(wanted))
        #expect(numbers.count == wanted.count)
        #expect(built.count >= 130)
    }

    @Test func `names are words of their own`() {
        let names = Catalogue.shipped.descriptions.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.allSatisfy { $0 == "-" || $0.isLowercase || $0.isNumber } })
    }

    @Test(arguments: Catalogue.shipped.descriptions)
    func `each says what, why, what to do, and where it is written`(check: CheckDescription) {
        for text in [check.summary, check.rationale, check.remedy, check.reference] { #expect(!text.isEmpty) }
        #expect(!check.summary.hasSuffix("."))
        #expect(check.rationale.hasSuffix(".") && check.remedy.hasSuffix("."))
    }
}
