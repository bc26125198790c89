import ProxyServer
import Traffic

/// What the demo says around its transcript.
enum DemoText {
    static func lead(proxy: [Endpoint], server: Endpoint) -> String {
        let listener = proxy.first.map { "\($0)" } ?? ""
        return "A mail client, imapscope on \(listener) and an IMAP server on \(server), all in this process.\n\n"
    }

    static let next = """

        Try next:
          imapscope proxy --upstream imap://mail.example.org   your own server; connect the mail client to 127.0.0.1:1143
          imapscope demo --detail 4                            every octet of this session, literals whole
          imapscope demo --format jsonl                        the same for programs, one JSON object a line

        """
}

extension FileOutput {
    func write(_ text: String) {
        self.write(Array(text.utf8).span.bytes)
    }
}
