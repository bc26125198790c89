import ArgumentParser
import FilterLanguage
import Testing

@testable import Commands

@Suite struct ArgumentTests {
    @Test(arguments: [
        ["parse", "--frm", "client"], ["nonsense"], ["parse", "--from", "peer", "/dev/null"], ["parse", "/dev/null"],
        ["parse", "--from", "client", "--detail", "5", "/dev/null"], ["--nonsense"],
        ["demo", "-Y", "comand == LOGIN"],
        ["parse", "--from", "client", "--filter", "latency > 5parsecs", "/dev/null"],
        ["proxy", "-u", "imap://127.0.0.1:1", "-Y", "status", "status"], ["rules", "fields", "no-such-field"],
        ["rules", "show", "no-such-rules"],
    ])
    func `a wrong command line ends with 64`(arguments: [String]) {
        #expect(Program.run(arguments) == 64)
    }

    @Test(
        arguments: [
            (["parse", "--from", "client", "/nonexistent/file"], 66),
            (["parse", "--from", "client", "/"], 66),
            (["parse", "--from", "client", "--config", "/nonexistent/file", "/dev/null"], 66),
        ] as [([String], Int32)]
    )
    func `what cannot be read ends with 66`(arguments: [String], status: Int32) {
        #expect(Program.run(arguments) == status)
    }

    @Test func `an unknown option is named with a suggestion`() throws {
        let error = try #require(throws: (any Error).self) {
            try Imapscope.parseAsRoot(["parse", "--fromm", "client"])
        }
        let message = Imapscope.message(for: error)
        #expect(message.contains("--fromm"))
        #expect(message.contains("'--from'"))
    }

    @Test(arguments: [
        ("a imap://joe:p w@d@host/ b", "a imap://‹masked›@host/ b"),
        ("imap://host:1 and x@y", "imap://‹masked›@y"),
        ("imap://host:1\nx@y", "imap://host:1\nx@y"),
        ("no URL, joe@example.org", "no URL, joe@example.org"),
    ])
    func `what repeats an argument hides the password in a URL`(text: String, expected: String) {
        #expect(Diagnostics.withoutCredentials(text) == expected)
    }

    @Test func `the version names the packages of the manifest`() throws {
        #expect(Version.text.hasPrefix("imapscope 0.1.0\nOpenSSL 3."))
        let manifest = try String(decoding: InputFile.contents(of: manifestPath, limit: 1 << 20), as: UTF8.self)
        #expect(manifest.contains("swift-nio\", from: \"\(Version.swiftNIO)\""))
        #expect(manifest.contains("swift-argument-parser\", from: \"\(Version.argumentParser)\""))
        #expect(manifest.contains("Yams\", from: \"\(Version.yams)\""))
    }

    private var manifestPath: String {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/Package.swift"
    }

    @Test(arguments: [
        ("lisen", "listen"), ("collor", "color"), ("detial", "detail"), ("xyz", nil),
        ("revealsecrets", "reveal-secrets"),
    ])
    func `a slip is recognised`(word: String, expected: String?) {
        #expect(Spelling.nearest(to: word, among: SettingName.allCases.map(\.rawValue)) == expected)
    }
}
