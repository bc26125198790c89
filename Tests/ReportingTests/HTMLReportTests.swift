import Cryptography
import IMAPSession
import Masking
import SASL
import Testing
import Traffic

@testable import Reporting

@Suite
struct HTMLReportTests {
    private static func page(limit: Int = HTMLReport.standardLimit, _ play: (HTMLReport) -> Void) -> String {
        let output = CapturedOutput()
        let sink = HTMLReport(output: output, header: JSONHeader(version: "1.2.3"), limit: limit)
        play(sink)
        sink.end()
        return output.text
    }

    /// The lines of all blocks of data.
    private static func events(_ page: String) throws -> [JSONValue] {
        let blocks = page.split(separator: "<script type=\"application/json\" class=\"events\">").dropFirst()
        return try blocks.flatMap { block -> [JSONValue] in
            let data = try #require(block.firstRange(of: "</script>")).lowerBound
            return try block[..<data].split(separator: "\n").map { try JSONValue.parse(String($0)) }
        }
    }

    private static func digest(_ parts: [StaticString]) throws -> String {
        let text = parts.map { String(describing: $0) }.joined()
        let digest = try Digest.sha256.hash(Array(text.utf8))
        return String(decoding: Base64.encode(digest), as: UTF8.self)
    }

    @Test func `the policy names the script and the style that are in the page`() throws {
        let script = try Self.digest(ReportScript.parts)
        let style = try Self.digest([ReportStyle.text])
        #expect(String(describing: HTMLPage.scriptDigest) == script)
        #expect(String(describing: HTMLPage.styleDigest) == style)
    }

    @Test func `the page holds the events of the session and asks for nothing else`() throws {
        let page = Self.page { PlayedSession.play(PlayedSession.mail(), into: $0) }
        let events = try Self.events(page)
        #expect(events.first?["event"] == .string("header"))
        #expect(events.contains { $0["event"] == .string("exchange") && $0["name"] == .string("LOGIN") })
        #expect(events.last?["event"] == .string("session_end"))
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</body>\n</html>\n"))
        for foreign in ["http://", "https://", "src=", "href=", "@import", "url(", "innerHTML", "eval("] {
            #expect(!page.contains(foreign), "\(foreign)")
        }
        #expect(!page.contains(PlayedSession.password))
    }

    @Test(arguments: [
        "</script><img onerror=alert(1)>", "<!--<script>", "--></script>", "]]>", "<svg onload=x>", "\u{2028}\u{202E}",
        "&lt;script&gt;", "</ScRiPt >",
    ])
    func `what a message says stays data`(evil: String) throws {
        let clean = Self.page { _ in }
        let page = Self.page { sink in
            PlayedSession.play(
                [.server("* OK \(evil)|"), .client("\(evil) NOOP|"), .server("* OK \(evil)|")],
                into: sink
            )
        }
        let count = { (text: String) in text.split(separator: "<", omittingEmptySubsequences: false).count }
        #expect(count(page) == count(clean))
        let said = try Self.events(page).compactMap { $0["text"]?.string }
        #expect(said.contains { $0.contains(evil) })
    }

    @Test func `a page that is full counts messages and goes on with all else`() throws {
        let page = Self.page(limit: 80_000) { sink in
            for number in 1...40 as ClosedRange<UInt64> {
                PlayedSession.play(PlayedSession.mail(long: 4_000), into: sink, number: number)
            }
        }
        let events = try Self.events(page)
        let left = try #require(events.last { $0["event"] == .string("left_out") })
        let shown = events.count { $0["event"] == .string("message") }
        #expect(left["messages"] == .number(Double(40 * 18 - shown)))
        #expect(events.count { $0["event"] == .string("session_end") } == 40)
        #expect(page.utf8.count < 200_000)
    }

    @Test func `large data stands in blocks, and a page that is cut off anywhere keeps its lines`() throws {
        let page = Self.page { sink in
            for number in 1...500 as ClosedRange<UInt64> {
                PlayedSession.play(PlayedSession.mail(), into: sink, number: number)
            }
        }
        #expect(page.split(separator: "class=\"events\"").count > 2)
        let output = CapturedOutput()
        let sink = HTMLReport(output: output, header: JSONHeader(version: "1"))
        PlayedSession.play(PlayedSession.mail(), into: sink)
        #expect(output.text.hasSuffix("}\n"))
    }

    @Test func `a file that is begun anew is a page`() {
        let header = JSONHeader(version: "1")
        let output = CapturedOutput()
        HTMLReport(output: output, header: header).flush()
        #expect(HTMLReport.beginning(header) == output.octets)
        #expect(output.text.hasSuffix("}\n"))
    }
}
