import Testing
import Traffic

@testable import Commands

@Suite struct ServerURLTests {
    @Test(arguments: [
        ("imap://127.0.0.1:1143", "127.0.0.1", 1143),
        ("imap://:1143", "127.0.0.1", 1143),
        ("IMAP://localhost:0", "localhost", 0),
        ("imap://[::1]:1143", "::1", 1143),
        ("imap://[2001:db8::1]:65535", "2001:db8::1", 65535),
        ("imap://mail.example.org:143", "mail.example.org", 143),
    ])
    func `a listener is a host and a port`(text: String, host: String, port: UInt16) throws {
        let url = try ServerURL(parsing: text, role: .listener)
        #expect(url.endpoint == Endpoint(host: host, port: port))
    }

    @Test(arguments: [
        ("imap://mail.example.org", "mail.example.org", 143),
        ("imap://mail.example.org:10143", "mail.example.org", 10143),
        ("imap://[::1]", "::1", 143),
        ("imap://:10143", "127.0.0.1", 10143),
        ("imap+starttls://mail.example.org", "mail.example.org", 143),
        ("imaps://mail.example.org", "mail.example.org", 993),
        ("imaps://mail.example.org:143", "mail.example.org", 143),
    ])
    func `the port of an upstream defaults to 143, or to 993 for implicit TLS`(text: String, host: String, port: UInt16)
        throws
    {
        let url = try ServerURL(parsing: text, role: .upstream)
        #expect(url.endpoint == Endpoint(host: host, port: port))
    }

    @Test(arguments: [
        ("", ServerURL.Role.listener, ServerURLError.Reason.empty),
        ("localhost:1143", .listener, .missingScheme("localhost:1143")),
        ("http://localhost:1143", .listener, .scheme("http")),
        ("imap+starttls://localhost:1143", .listener, .starttlsListener),
        ("imaps://localhost", .listener, .missingPort),
        ("imap://joe:secret@mail.example.org", .upstream, .credentials),
        ("joe:secret@mail.example.org", .upstream, .credentials),
        ("imap://mail.example.org/INBOX", .upstream, .path),
        ("imap://mail.example.org?x", .upstream, .path),
        ("imap://joe:se/cret@mail.example.org", .upstream, .credentials),
        ("imap://", .upstream, .missingHost),
        ("imap://localhost", .listener, .missingPort),
        ("imap://localhost:", .listener, .port("")),
        ("imap://localhost:65536", .listener, .port("65536")),
        ("imap://localhost:+1", .listener, .port("+1")),
        ("imap://localhost:0", .upstream, .port("0")),
        ("imap://::1:1143", .listener, .bareIPv6),
        ("imap://[::1:1143", .listener, .bracket),
        ("imap://[::1]1143", .listener, .bracket),
        ("imap://[localhost]:1143", .listener, .notIPv6("localhost")),
        ("imap://mail%2Eexample.org", .upstream, .host("mail%2Eexample.org")),
        ("imap://post bote.de", .upstream, .host("post bote.de")),
    ])
    func `a wrong URL is refused with its reason`(
        text: String,
        role: ServerURL.Role,
        reason: ServerURLError.Reason
    ) {
        #expect(throws: ServerURLError(reason, role)) { try ServerURL(parsing: text, role: role) }
    }

    @Test(arguments: [ServerURL.Role.listener, .upstream])
    func `the example of an error message is a right URL`(role: ServerURL.Role) throws {
        for text in ["", "imap://[x]:1"] {
            let error = try #require(throws: ServerURLError.self) { try ServerURL(parsing: text, role: role) }
            let example = try #require(error.description.split(separator: " ").last)
            #expect(throws: Never.self) { try ServerURL(parsing: String(example), role: role) }
        }
    }

    @Test func `no message repeats a password`() throws {
        for text in ["imap://joe:hunter22@h", "joe:hunter22@h", "imaps://joe:hunter22@h", "x://joe:hunter22@h"] {
            let error = try #require(throws: ServerURLError.self) { try ServerURL(parsing: text, role: .upstream) }
            #expect(!error.description.contains("hunter22"))
        }
    }

    @Test(arguments: [
        ("imap://127.0.0.1:1", true), ("imap://127.8.0.1:1", true), ("imap://localhost:1", true),
        ("imap://[::1]:1", true), ("imap://[::ffff:127.0.0.1]:1", true), ("imap://0.0.0.0:1", false),
        ("imap://[::]:1", false), ("imap://127.example.org:1", false), ("imap://192.0.2.1:1", false),
    ])
    func `only addresses of this machine are loopback`(text: String, expected: Bool) throws {
        #expect(try ServerURL(parsing: text, role: .listener).isLoopback == expected)
    }
}
