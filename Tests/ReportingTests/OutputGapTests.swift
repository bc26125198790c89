import Reporting
import Testing

@Suite struct OutputGapTests {
    @Test(arguments: [(1, "1 octet"), (999, "999 octets"), (4_194_304, "4,194,304 octets")])
    func `the amount is exact and grouped`(octets: Int, amount: String) {
        #expect(OutputGap(octets: octets).amount == amount)
    }

    @Test func `the gap is a line of the transcript or one JSON object`() throws {
        let gap = OutputGap(octets: 12_345)
        #expect(
            String(decoding: gap.text, as: UTF8.self)
                == "… 12,345 octets of the transcript were dropped here: its reader was too slow\n"
        )
        let object = try JSONValue.parse(String(decoding: gap.json.dropLast(), as: UTF8.self))
        #expect(object["event"] == .string("gap"))
        #expect(object["reason"] == .string("output"))
        #expect(object["octets"] == .number(12_345))
    }

    @Test func `a file that goes on begins with the same header`() throws {
        let output = CapturedOutput()
        let first = JSONHeader(version: "1.2.3", revealsSecrets: true)
        JSONLines(output: output, header: first).flush()
        let header = String(decoding: first.octets, as: UTF8.self)
        #expect(output.lines.map { $0 + "\n" } == [header])
    }
}
