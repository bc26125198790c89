import IMAPSession
import Reporting
import Testing

@Suite
struct ErrorReportTests {
    private struct Refused: ReportableError {
        var summary: String { "imap.example.org:143 refused the connection\u{1B}[2J" }
        var place: String? { "upstream leg of #3" }
        var blame: Blame { .server }
        var advice: String? { "start the server, or give another --upstream" }
        var exitCode: ExitCode { .unavailable }
    }

    private struct Bare: ReportableError {
        var summary: String { "it broke" }
        var blame: Blame { .imapscope }
        var exitCode: ExitCode { .software }
    }

    @Test func `an error says what, where, whose fault, and what to do`() {
        #expect(
            String(decoding: ErrorReport().render(Refused()), as: UTF8.self) == """
                imapscope: imap.example.org:143 refused the connection\\x1B[2J (upstream leg of #3; server)
                  try: start the server, or give another --upstream

                """
        )
        #expect(String(decoding: ErrorReport().render(Bare()), as: UTF8.self) == "imapscope: it broke (imapscope)\n")
    }

    @Test func `colours frame the words that stand out`() {
        let text = String(decoding: ErrorReport(color: true).render(Refused()), as: UTF8.self)
        #expect(text.hasPrefix("\u{1B}[31mimapscope:\u{1B}[0m "))
        #expect(text.hasSuffix("\u{1B}[0m\n"))
    }

    @Test(
        arguments: [
            (ExitCode.done, 0, "EX_OK"), (.findings, 1, nil), (.usage, 64, "EX_USAGE"), (.dataError, 65, "EX_DATAERR"),
            (.noInput, 66, "EX_NOINPUT"), (.unavailable, 69, "EX_UNAVAILABLE"), (.software, 70, "EX_SOFTWARE"),
            (.cannotCreate, 73, "EX_CANTCREAT"), (.ioError, 74, "EX_IOERR"), (.noPermission, 77, "EX_NOPERM"),
            (.configuration, 78, "EX_CONFIG"), (.interrupted, 130, nil), (.terminated, 143, nil),
        ] as [(ExitCode, Int32, String?)]
    )
    func `exit codes are those of the contract`(code: ExitCode, number: Int32, name: String?) {
        #expect(code.rawValue == number)
        #expect(code.sysexitsName == name)
    }
}
