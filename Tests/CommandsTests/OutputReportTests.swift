import ProxyServer
import Synchronization
import Testing

@testable import Commands

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

@Suite struct `What is told of an output` {
    private final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    private func told(
        path: String? = nil,
        _ notices: [FileOutput.Notice],
        unwritten: Int = 0
    ) -> (lines: [String], hasFailed: Bool) {
        let lines = Lines()
        let report = OutputReport(path: path, pressure: OutputPressure()) { line in
            lines.all.withLock { $0.append(line) }
        }
        for notice in notices { report.take(notice) }
        report.ended(unwritten: unwritten)
        return (lines.all.withLock { $0 }, report.hasFailed)
    }

    @Test func `a reader that leaves is no failure`() {
        let result = self.told([.readerGone])
        #expect(
            result.lines == ["standard output: its reader has gone; the proxy goes on without the transcript"]
        )
        #expect(!result.hasFailed)
    }

    @Test func `the first drop is told at once and all of them at the end`() {
        let once = self.told([.dropped(octets: 4_194_304)])
        #expect(
            once.lines == [
                "standard output is too slow: 4,194,304 octets were dropped; --on-slow-output pause slows the traffic "
                    + "instead"
            ]
        )
        let often = self.told([.dropped(octets: 4_000_000), .dropped(octets: 1_000), .dropped(octets: 1)])
        #expect(often.lines.count == 2)
        #expect(often.lines.last == "standard output: 4,001,001 octets were dropped in 3 places in all")
    }

    @Test func `a full disk is a failure with the way to mend it`() {
        let result = self.told(path: "a.jsonl", [.failed(errno: ENOSPC)])
        #expect(
            result.lines == [
                "cannot write to a.jsonl: No space left on device; the proxy goes on without this file. Make room, then "
                    + "SIGUSR1 opens it again"
            ]
        )
        #expect(result.hasFailed)
    }

    @Test func `what nobody took at the end is counted`() {
        #expect(
            self.told([], unwritten: 1234).lines
                == ["standard output: its reader takes nothing; the last 1,234 octets were dropped"]
        )
    }
}
