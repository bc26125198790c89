import IMAPSession
import Testing

/// Tokens put together from RFC 4120 and RFC 4121; no real ticket stands in a test.
@Suite struct KerberosChecksTests {
    private static func der(_ tag: UInt8, _ parts: [UInt8]...) -> [UInt8] {
        let content = parts.flatMap { $0 }
        let count = content.count
        return [tag] + (count < 128 ? [UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(count & 0xFF)]) + content
    }

    private static func number(_ value: UInt8) -> [UInt8] { self.der(0x02, [value]) }
    private static func text(_ value: String) -> [UInt8] { self.der(0x1B, Array(value.utf8)) }
    private static func encrypted(_ type: UInt8) -> [UInt8] {
        self.der(
            0x30,
            self.der(0xA0, self.number(type)),
            self.der(0xA2, self.der(0x04, [UInt8](repeating: 0xD5, count: 200)))
        )
    }

    /// AP-REQ for `imap/mail.example.org`.
    private static func request(ticket: UInt8, authenticator: UInt8) -> String {
        let mechanism: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x12, 0x01, 0x02, 0x02]
        let names = self.der(0x30, self.text("imap") + self.text("mail.example.org"))
        let name = self.der(0x30, self.der(0xA0, self.number(2)), self.der(0xA1, names))
        let fields = self.der(
            0x30,
            self.der(0xA0, self.number(5)),
            self.der(0xA1, self.text("EXAMPLE.ORG")),
            self.der(0xA2, name),
            self.der(0xA3, self.encrypted(ticket))
        )
        let message = self.der(
            0x30,
            self.der(0xA0, self.number(5)),
            self.der(0xA1, self.number(14)),
            self.der(0xA2, self.der(0x03, [0, 0x20, 0, 0, 0])),
            self.der(0xA3, self.der(0x61, fields)),
            self.der(0xA4, self.encrypted(authenticator))
        )
        return base64(self.der(0x60, mechanism, [0x01, 0x00], self.der(0x6E, message)))
    }

    private static func wrap(_ message: [UInt8]) -> String {
        base64(
            [0x05, 0x04, 0x00, 0xFF, 0x00, 0x0C, 0x00, 0x00] + [UInt8](repeating: 0, count: 8) + message
                + [UInt8](repeating: 0xC5, count: 12)
        )
    }

    private func session(ticket: UInt8 = 18, authenticator: UInt8 = 18, offer: UInt8 = 7, choice: UInt8 = 1) -> String {
        "S: * OK hello\nC: 1 AUTHENTICATE GSSAPI\nS: + \nC: \(Self.request(ticket: ticket, authenticator: authenticator))\n"
            + "S: + \nC: \nS: + \(Self.wrap([offer, 0, 0, 0]))\nC: \(Self.wrap([choice, 0, 0, 0]))\nS: 1 OK in"
    }

    @Test(arguments: [(UInt8(7), Blame.client), (1, .server)])
    func `no layer and no TLS is told, with who wanted it so`(offer: UInt8, blame: Blame) {
        #expect(AuditedTranscript().play(self.session(offer: offer)).findings("M11").map(\.blame) == [blame])
    }

    @Test func `a layer, or TLS, is enough`() {
        #expect(AuditedTranscript().play(self.session(choice: 4)).findings("M11").isEmpty)
        #expect(AuditedTranscript().play("tls: 1.2\n" + self.session()).findings("M11").isEmpty)
    }

    @Test(arguments: [(UInt8(23), UInt8(18), Severity.medium), (18, 23, .medium), (3, 3, .high), (16, 16, .medium)])
    func `encryption that is out of use is told`(ticket: UInt8, authenticator: UInt8, severity: Severity) {
        let lines = self.session(ticket: ticket, authenticator: authenticator)
        #expect(AuditedTranscript().play(lines).findings("M12").map(\.severity) == [severity])
    }

    @Test func `AES is not`() { #expect(AuditedTranscript().play(self.session()).findings("M12").isEmpty) }
}
