import Traffic

/// Cyrus telemetry: `<1795531096<` before what the client sent, `>1795531096>` before what the server sent.
struct TelemetryFormat: LogFormat {
    let name = "cyrus"
    let title = "Cyrus telemetry"
    let literals = LogScribe.Literals.present

    func count(in lines: [LogLine]) -> Int { lines.count { TelemetryMark($0.octets) != nil } * 2 }

    func makeReader() -> any LogReader { TelemetryReader() }
}

private struct TelemetryMark {
    var direction: Direction
    var time: Timestamp
    var rest: [UInt8]

    init?(_ line: [UInt8]) {
        guard let first = line.first, first == UInt8(ascii: "<") || first == UInt8(ascii: ">"),
            let end = line.dropFirst().firstIndex(of: first), end > 6, end < 24,
            let time = LogTime.epoch(line[1..<end].text)
        else { return nil }
        self.direction = first == UInt8(ascii: "<") ? .client : .server
        self.time = time
        self.rest = Array(line[(end + 1)...])
    }
}

private struct TelemetryReader: LogReader {
    private var direction: Direction?
    private var time: Timestamp?

    mutating func read(_ line: LogLine, into scribe: LogScribe) {
        // ---------- user Tue Nov 24 14:38:16 2026
        if line.octets.starts("---------- ") {
            scribe.begin(isMidStream: true)
            self.direction = nil
            return
        }
        var said = line.octets
        if let mark = TelemetryMark(said) {
            self.direction = mark.direction
            self.time = mark.time
            said = mark.rest
        }
        guard let direction else { return }
        if line.hasCR {
            scribe.octets(said + [0x0D, 0x0A], direction, at: self.time)
        } else {
            scribe.line(said, direction, at: self.time)
        }
    }

    mutating func finish(into scribe: LogScribe) {}
}
