import IMAPProtocol
import IMAPSession
import IMAPWire
import Testing
import Traffic

@testable import ProxyCore

struct ClientConductTests {
    /// Lets a client speak, one command a line, and returns the ids of what is found; `tls` is where TLS begins.
    private func conduct(_ lines: [String], _ attack: (inout ClientConduct) -> Void) -> [String] {
        var conduct = ClientConduct(isTLS: false)
        attack(&conduct)
        var ids: [String] = []
        for line in lines {
            guard line != "TLS" else {
                conduct.tlsBegan()
                continue
            }
            let octets = Array((line + "\r\n").utf8)
            var message = Message(
                kind: .command,
                direction: .client,
                number: 1,
                time: .zero,
                frame: MessageFrame(offset: 0, length: UInt64(octets.count), text: .assembled)
            )
            message.command = Command(rawValue: String(line.split(separator: " ")[1]))
            ids += conduct.judge(message, octets.span.bytes).map(\.id)
        }
        return ids + conduct.ended(at: 0).map(\.id)
    }

    @Test(arguments: [
        (["a CAPABILITY", "a LOGIN u p", "a SELECT INBOX"], ["client-went-on-in-cleartext"]),
        (["a STARTTLS", "a AUTHENTICATE PLAIN"], ["client-went-on-in-cleartext"]),
        (["a SELECT INBOX"], ["client-went-on-in-cleartext"]),
        (["a CAPABILITY", "a STARTTLS", "a LOGOUT"], ["client-insisted-on-tls"]),
        ([], ["client-insisted-on-tls"]),
    ])
    func `a client that is kept from TLS is sound when it sends nothing that matters`(lines: [String], ids: [String]) {
        #expect(self.conduct(lines) { $0.withheldTLS("strip") } == ids)
    }

    @Test(arguments: [
        (["TLS", "a CAPABILITY", "a LOGIN u p"], ["client-forgot-injected-data"]),
        (["TLS", "a LOGIN u p"], ["client-kept-data-from-before-tls"]),
        (
            ["TLS", "a CAPABILITY", "a SELECT injected-folder"],
            ["client-forgot-injected-data", "client-used-injected-data"]
        ),
        (["a LOGIN u p"], []),
    ])
    func `what was injected before TLS has to be forgotten`(lines: [String], ids: [String]) {
        let octets = Array("* LIST () \"/\" injected-folder\r\n* CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256\r\n".utf8)
        #expect(self.conduct(lines) { $0.injected(octets, "inject") } == ids)
    }

    @Test
    func `a client that was not attacked is not judged`() {
        #expect(self.conduct(["a LOGIN u p", "TLS", "a SELECT injected-folder"]) { _ in } == [])
        var conduct = ClientConduct(isTLS: true)
        conduct.withheldTLS("strip")
        #expect(conduct.isIdle)
    }
}
