import IMAPSession
import Testing

@Suite struct NTLMChecksTests {
    static let negotiate = "TlRMTVNTUAABAAAAM4KK4gAAAAAAAAAAAAAAAAAAAAAGAHIXAAAADw=="
    /// MS-NLMP 4.2.4.3: `Server` of `Domain`.
    static let challenge =
        "TlRMTVNTUAACAAAADAAMADgAAAAzgoriASNFZ4mrze8AAAAAAAAAACQAJABEAAAABgBwFwAAAA9TAGUAcgB2AGUAcgACAAwARABvAG0AYQBpAG4A"
        + "AQAMAFMAZQByAHYAZQByAAAAAAA="
    static let namelessChallenge = base64(
        Array("NTLMSSP\0".utf8) + [2, 0, 0, 0] + [0, 0, 0, 0, 48, 0, 0, 0] + [1, 2, 0, 0]
            + [1, 2, 3, 4, 5, 6, 7, 8] + [UInt8](repeating: 0, count: 8) + [0, 0, 0, 0, 48, 0, 0, 0]
    )

    /// An AUTHENTICATE message of user `User`, MS-NLMP 2.2.1.3.
    static func authenticate(nt: [UInt8], extended: Bool = false) -> String {
        let user = Array("U\0s\0e\0r\0".utf8)
        let lm = [UInt8](repeating: 0xA5, count: 24)
        let head = 88
        func descriptor(_ count: Int, _ offset: Int) -> [UInt8] {
            let length = [UInt8(count & 0xFF), UInt8(count >> 8)]
            return length + length + [UInt8(offset & 0xFF), UInt8(offset >> 8), 0, 0]
        }
        var octets = Array("NTLMSSP\0".utf8) + [3, 0, 0, 0]
        octets += descriptor(lm.count, head + user.count)
        octets += descriptor(nt.count, head + user.count + lm.count)
        octets += descriptor(0, head) + descriptor(user.count, head) + descriptor(0, head)
        octets += descriptor(0, head + user.count + lm.count + nt.count)
        octets += [0x01, 0x02, extended ? 0x08 : 0x00, 0x00]
        octets += [UInt8](repeating: 0, count: 8) + [UInt8](repeating: 0x5A, count: 16)
        return base64(octets + user + lm + nt)
    }

    static func v2(integrity: Bool, binding: Bool) -> [UInt8] {
        var octets = [UInt8](repeating: 0xC3, count: 16) + [1, 1] + [UInt8](repeating: 0, count: 26)
        if integrity { octets += [6, 0, 4, 0, 2, 0, 0, 0] }
        if binding { octets += [10, 0, 16, 0] + [UInt8](repeating: 7, count: 16) }
        return octets + [0, 0, 0, 0]
    }

    private func session(_ response: String, challenge: String = challenge) -> String {
        "tls: 1.2\nS: * OK hello\nC: 1 AUTHENTICATE NTLM\nS: + \nC: \(Self.negotiate)\nS: + \(challenge)\nC: \(response)\n"
            + "S: 1 OK in"
    }

    @Test(arguments: [
        ([UInt8](repeating: 9, count: 24), "the client sent an NTLMv1 response", Severity.high),
        ([], "the client sent an LM response only", .high),
        (v2(integrity: false, binding: false), "no integrity code and no channel binding", .high),
        (v2(integrity: false, binding: true), "the NTLMv2 response has no integrity code", .high),
        (v2(integrity: true, binding: false), "not bound to the TLS channel", .medium),
    ])
    func `a response that can be broken or relayed is told`(nt: [UInt8], text: String, severity: Severity) {
        let found = AuditedTranscript().play(self.session(Self.authenticate(nt: nt))).findings("M08")
        #expect(found.count == 1)
        #expect(found.first?.text.contains(text) == true)
        #expect(found.first?.severity == severity)
    }

    @Test func `a response with integrity code and channel binding is not`() {
        let response = Self.authenticate(nt: Self.v2(integrity: true, binding: true))
        let played = AuditedTranscript().play(self.session(response))
        #expect(played.findings("M08").isEmpty)
        #expect(played.findings("M09").count == 1)
    }

    @Test func `names that the server tells before the login`() {
        let response = Self.authenticate(nt: Self.v2(integrity: true, binding: true))
        let told = AuditedTranscript().play(self.session(response)).findings("M09")
        #expect(told.first?.text.contains("netbios-domain Domain") == true)
        #expect(
            AuditedTranscript().play(self.session(response, challenge: Self.namelessChallenge)).findings("M09").isEmpty
        )
    }
}
