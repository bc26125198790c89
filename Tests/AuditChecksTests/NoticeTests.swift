import AuditChecks
import IMAPSession
import Testing

@Suite struct NoticeTests {
    private static let lines =
        "S: * OK hello\nC: 1 LOGIN jack x\nS: 1 OK in\nC: 2 NOOP\nS: * OK still here\nS: * LIST () \"/\" a\nS: * 1 RECENT\nS: 2 OK"

    @Test func `who wants all untagged responses gets the notices too`() {
        let all = AuditedTranscript(catalogue: Catalogue([AllUntagged.self])).play(Self.lines)
        #expect(all.engine.totals.groups["Z01"]?.count == 3)
    }

    @Test func `who wants notices is spared the rest`() {
        let some = AuditedTranscript(catalogue: Catalogue([NoticesOnly.self])).play(Self.lines)
        #expect(some.engine.totals.groups["Z02"]?.count == 2)
    }

    @Test func `who wants both gets each once`() {
        let both = AuditedTranscript(catalogue: Catalogue([Both.self])).play(Self.lines)
        #expect(both.engine.totals.groups["Z03"]?.count == 3)
    }

    @Test func `the first check that adopts a finding has it`() {
        let played = AuditedTranscript(catalogue: Catalogue([FirstAdopter.self, SecondAdopter.self]))
            .play("S: * OK hello\nC: 1 NOOP\nS: 9 OK done")
        #expect(played.checks == ["Z04"])
    }
}

private func description(_ id: String, adopts: [String] = []) -> CheckDescription {
    CheckDescription(
        id: id,
        name: "test",
        severity: .low,
        reference: "RFC 9051 section 7",
        summary: "a test",
        rationale: "A test.",
        remedy: "None.",
        adopts: adopts
    )
}

private struct AllUntagged: Check {
    static let description = AuditChecksTests.description("Z01")
    static let moments: Moments = .untagged
    func look(at moment: Moment, _ audit: Audit) { audit.report("seen", blame: .server) }
}

private struct NoticesOnly: Check {
    static let description = AuditChecksTests.description("Z02")
    static let moments: Moments = .notice
    func look(at moment: Moment, _ audit: Audit) { audit.report("seen", blame: .server) }
}

private struct Both: Check {
    static let description = AuditChecksTests.description("Z03")
    static let moments: Moments = [.untagged, .notice]
    func look(at moment: Moment, _ audit: Audit) { audit.report("seen", blame: .server) }
}

private struct FirstAdopter: AdoptingCheck {
    static let description = AuditChecksTests.description("Z04", adopts: ["unknown-tag"])
}

private struct SecondAdopter: AdoptingCheck {
    static let description = AuditChecksTests.description("Z05", adopts: ["unknown-tag"])
}
