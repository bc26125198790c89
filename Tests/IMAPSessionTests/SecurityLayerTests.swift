import IMAPSession
import SASL
import Testing
import Traffic

@Suite struct SecurityLayers {
    private static let wrapped = "\u{0}\u{0}\u{0}\u{5}hello"

    /// DIGEST-MD5 to its end, the client asking for `qop`.
    private static func digest(_ qop: String) -> [Step] {
        let response = #"username="joe",realm="a,qop=auth-conf",nonce="x",\#(qop)nc=00000001,response=00"#
        let line = String(decoding: Base64.encode(Array(response.utf8)), as: UTF8.self)
        return [
            .s("* OK|"), .c("a AUTHENTICATE DIGEST-MD5|"), .s("+ cmVhbG09IngiLG5vbmNlPSJ4Igo=|"), .c(line + "|"),
            .s("+ cnNwYXV0aD0wMA==|"), .c("|"),
        ]
    }

    private static let gssapi: [Step] = [
        .s("* OK|"), .c("a AUTHENTICATE GSSAPI|"), .s("+|"), .c("YII=|"), .s("+ YII=|"), .c("BQQ=|"),
    ]

    @Test(arguments: ["qop=auth-int,", "qop=\"auth-conf\",", "QOP = AUTH-CONF,"])
    func `DIGEST-MD5 with integrity or confidentiality wraps both streams`(qop: String) {
        let recorder = play(Self.digest(qop) + [.s("a OK in|" + Self.wrapped), .c(Self.wrapped)])
        let lines = recorder.lines.suffix(3)
        #expect(lines.first?.hasPrefix("switch SASL security layer ") == true)
        #expect(Array(lines.dropFirst()) == ["opaque server 9", "opaque client 9"])
    }

    @Test(arguments: ["qop=auth,", ""])
    func `DIGEST-MD5 without them does not`(qop: String) {
        let recorder = play(Self.digest(qop) + [.s("a OK in|"), .c("b NOOP|"), .s("b OK|")])
        #expect(recorder.lines.suffix(2) == ["C command #2 b NOOP|", "S tagged #2 b OK|"])
    }

    @Test func `a failed DIGEST-MD5 wraps nothing`() {
        let recorder = play(Self.digest("qop=auth-int,") + [.s("a NO no|"), .c("b NOOP|")])
        #expect(recorder.lines.contains("C command #2 b NOOP|"))
    }

    @Test(arguments: [false, true])
    func `GSSAPI: the first octet of either stream decides`(slowly: Bool) {
        for steps: [Step] in [
            [.s("a OK in|" + Self.wrapped), .c(Self.wrapped)], [.s("a OK in|"), .c(Self.wrapped), .s(Self.wrapped)],
            [.s("a OK in|"), .s(Self.wrapped), .c(Self.wrapped)],
        ] {
            let recorder = play(Self.gssapi + steps, slowly: slowly)
            let change = recorder.lines.first { $0.hasPrefix("switch") }
            // Behind the client's last line, and behind the OK.
            #expect(change == "switch SASL security layer 35 26")
            let opaque = recorder.lines.filter { $0.hasPrefix("opaque client") }.count
            #expect(opaque == (slowly ? 9 : 1))
            #expect(!recorder.lines.contains { $0.contains("unparsed") })
        }
    }

    @Test func `GSSAPI without a layer goes on as IMAP`() {
        for steps: [Step] in [
            [.s("a OK in|"), .c("b NOOP|"), .s("b OK|")],
            [.s("a OK in|* CAPABILITY IMAP4rev1|"), .c("b NOOP|"), .s("b OK|")],
        ] {
            let recorder = play(Self.gssapi + steps)
            #expect(recorder.lines.suffix(2) == ["C command #2 b NOOP|", "S tagged #2 b OK|"])
            #expect(!recorder.lines.contains { $0.hasPrefix("switch") })
        }
    }

    @Test func `octets of a mechanism without layers are IMAP, whatever they begin with`() {
        let recorder = play([
            .s("* OK|"), .c("a AUTHENTICATE PLAIN AGEAYg==|"), .s("a OK|"), .s("\u{0}* 1 EXISTS|"),
        ])
        #expect(!recorder.lines.contains { $0.hasPrefix("switch") })
    }

    @Test func `UNAUTHENTICATE forgets the user and the mailbox`() {
        let recorder = play([
            .s("* OK|"), .c("a LOGIN joe pw|"), .s("a OK|"), .c("b SELECT x|"), .s("b OK|"), .c("c UNAUTHENTICATE|"),
            .s("c OK|"),
        ])
        #expect(recorder.summary?.state == .notAuthenticated)
        #expect(recorder.summary?.user == nil)
    }
}
