import Foundation
import IMAPSession
import Testing

/// Sessions with real servers: nobody broke a promise in them, so none may be called broken.
@Suite("recorded sessions")
struct RecordedSessionTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Captures/mailbox-changes")

    private func steps(_ name: String) throws -> [Step] {
        let text = try String(contentsOf: Self.folder.appending(path: name + ".txt"), encoding: .utf8)
        return text.split(separator: "\n").map { line in
            let octets = line.dropFirst(2) + "\r\n"
            return line.hasPrefix("C ") ? .c(String(octets)) : .s(String(octets))
        }
    }

    @Test(
        arguments: ["dovecot", "cyrus"],
        ["plain-watching", "condstore-watching", "qresync-watching", "qresync-changing"]
    )
    func `a real server keeps its promises`(server: String, session: String) throws {
        let recorder = try play(self.steps("\(server)-\(session)"))
        #expect(recorder.findingTexts.isEmpty, "\(recorder.findingTexts)")
        #expect(recorder.exchanges.count > 20)
    }

    @Test(arguments: ["dovecot", "cyrus"])
    func `the UID of every message that another session removed is known`(server: String) throws {
        let recorder = try play(self.steps("\(server)-plain-watching"))
        let expunges = recorder.lines.count { $0.contains("EXPUNGE") && $0.hasPrefix("S untagged") }
        #expect(expunges >= 6)
        #expect(recorder.expungedUIDs == expunges)
    }
}
