import ArgumentParser
import IMAPSession
import Reporting
import TestServer
import Testing
import Traffic

@testable import Commands

@Suite struct `The demo` {
    @Test func `names the step that failed, its tag and what came`() throws {
        var session = TutorialSession(password: Secret(Array("any".utf8)))
        _ = session.receive(Array("* OK ready\r\n".utf8).span.bytes)
        _ = session.receive(Array("c NO not today\r\n".utf8).span.bytes)
        let error = Failure(try #require(session.failures.first))
        #expect(error.exitCode == .software)
        #expect(error.blame == .imapscope)
        #expect(
            error.summary
                == "the demo failed at step 2, “Capabilities” (tag c): the answer is not OK; the last line was: c NO not "
                + "today"
        )
    }

    @Test func `suggests three commands that exist`() throws {
        let lines = DemoText.next.split(separator: "\n").filter { $0.hasPrefix("  imapscope ") }
        #expect(lines.count == 3)
        for line in lines {
            let call = line.dropFirst(12)
            let explanation = try #require(call.firstRange(of: "   "))
            let arguments = call[..<explanation.lowerBound].split(separator: " ").map(String.init)
            #expect(throws: Never.self) { _ = try Imapscope.parseAsRoot(arguments) }
        }
    }
}
