import RuleEngine
import ShippedRules
import Testing
import Traffic

@Suite struct ShippedRulesTests {
    @Test(arguments: ShippedRules.files.map(\.name))
    func `a shipped rule file reads, says what it is for, and keeps its promises`(name: String) throws {
        let octets = try #require(ShippedRules.files.first { $0.name == name }?.octets)
        let files = RuleAttachments(
            secret: { (_) throws(RuleAttachments.Refusal) in Secret("token") },
            octets: { (_, _) throws(RuleAttachments.Refusal) in [] }
        )
        let file = try RuleFile(
            path: "\(name).yaml",
            parsing: String(decoding: octets, as: UTF8.self),
            files: files
        )
        #expect(!file.about.isEmpty)
        #expect(!file.examples.isEmpty)
        for example in file.examples { #expect(example.run(file.rules) == [], "\(example.name)") }
    }
}
