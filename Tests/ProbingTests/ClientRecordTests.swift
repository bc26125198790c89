import Probing
import Testing

@Suite struct ClientRecordTests {
    private static func record(_ change: (inout ClientRecord) -> Void) -> ClientRecord {
        var record = ClientRecord()
        change(&record)
        return record
    }

    static let records: [(ClientRecord, Bool, ProbeVerdict.Grade, String)] = [
        (record { $0.commands = 2 }, false, .pass, "hung up after 2 commands"),
        (record { $0.findings = ["client-insisted-on-tls"] }, false, .pass, "hung up"),
        (record { $0.cleartextLogin = "PLAIN" }, false, .vulnerable, "sent its credentials (PLAIN)"),
        (record { $0.findings = ["client-went-on-in-cleartext"] }, false, .vulnerable, "went on in cleartext"),
        (
            record {
                $0.hasTLS = true
                $0.findings = ["client-used-injected-data"]
            }, false, .vulnerable, "injected"
        ),
        (
            record {
                $0.hasTLS = true
                $0.findings = ["client-kept-data-from-before-tls"]
            }, false, .weak, "did not ask anew"
        ),
        (
            record {
                $0.hasTLS = true
                $0.findings = ["client-forgot-injected-data"]
            }, false, .pass, "asked anew"
        ),
        (
            record {
                $0.hasTLS = true
                $0.protectedLogin = "LOGIN command"
            }, true, .weak, "the password itself"
        ),
        (
            record {
                $0.hasTLS = true
                $0.protectedLogin = "SCRAM-SHA-256"
            }, true, .pass, "ignored"
        ),
        (
            record {
                $0.hasTLS = true
                $0.protectedLogin = "PLAIN"
            }, false, .pass, "ignored"
        ),
        (record { $0.handshakeFailure = "unknown_ca" }, false, .notCheckable, "unknown_ca"),
    ]

    @Test(arguments: records) func `a client is judged by what it did`(
        _ record: ClientRecord,
        _ isDowngrade: Bool,
        _ grade: ProbeVerdict.Grade,
        _ facts: String
    ) {
        let verdict = record.verdict(isDowngrade: isDowngrade)
        #expect(verdict.grade == grade)
        #expect(verdict.facts.contains(facts), "\(verdict.facts)")
    }
}
