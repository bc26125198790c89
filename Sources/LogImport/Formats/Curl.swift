import Traffic

extension MarkedFormat {
    /// `curl -v`: `> ` and `< `; what was fetched goes elsewhere.
    static let curl = MarkedFormat(name: "curl", title: "curl -v", literals: .absent) { line in
        if line.starts("> ") { return MarkedLine(.line(.client, line.dropping(2))) }
        if line.starts("< ") { return MarkedLine(.line(.server, line.dropping(2))) }
        if line.starts("* Connected to ") { return MarkedLine(.begins(CurlText.endpoint(line.text))) }
        return nil
    }
}

enum CurlText {
    /// `* Connected to 127.0.0.2 (127.0.0.2) port 13044 (#0)`
    static func endpoint(_ text: String) -> Endpoint? {
        let words = text.split(separator: " ")
        guard let to = words.firstIndex(of: "to"), let port = words.firstIndex(of: "port"), to + 1 < words.count,
            port + 1 < words.count, let number = UInt16(words[port + 1].prefix { $0.isNumber })
        else { return nil }
        return Endpoint(host: String(words[to + 1]), port: number)
    }
}

/// `curl --trace` and `--trace-ascii`: dumps of octets, with `--trace-time` or without.
struct CurlTraceFormat: LogFormat {
    let name = "curl-trace"
    let title = "curl --trace, --trace-ascii"
    let literals = LogScribe.Literals.present

    func count(in lines: [LogLine]) -> Int { lines.count { CurlHeading($0.octets) != nil } }

    func makeReader() -> any LogReader { CurlTraceReader() }
}

/// `14:38:13.263240 => Send header, 17 bytes (0x11)`
private struct CurlHeading {
    var direction: Direction
    var count: Int
    var time: Timestamp?
    var isData: Bool

    init?(_ line: [UInt8]) {
        guard let arrow = line.firstRange(of: Array("=> Send ".utf8)) ?? line.firstRange(of: Array("<= Recv ".utf8)),
            arrow.lowerBound <= 32
        else { return nil }
        let rest = line[arrow.upperBound...].text
        // TLS's own records are told too.
        guard rest.hasPrefix("header") || rest.hasPrefix("data"), let comma = rest.firstIndex(of: ",") else {
            return nil
        }
        let digits = rest[rest.index(after: comma)...].drop { $0 == " " }.prefix { $0.isNumber }
        guard let count = Int(digits) else { return nil }
        self.direction = line[arrow.lowerBound] == UInt8(ascii: "=") ? .client : .server
        self.count = count
        self.isData = rest.hasPrefix("data")
        let stamp = line[..<arrow.lowerBound].text.split(separator: " ").last.map(String.init) ?? ""
        self.time = LogTime.clock(stamp) ?? LogTime.date(stamp)
    }
}

private struct CurlTraceReader: LogReader {
    private var heading: CurlHeading?
    private var octets: [UInt8] = []
    private var lastTime: Timestamp?
    private var hasData = false

    mutating func read(_ line: LogLine, into scribe: LogScribe) {
        if let heading = CurlHeading(line.octets) {
            self.flush(into: scribe)
            self.heading = heading
            self.lastTime = heading.time
            self.hasData = heading.isData
            return
        }
        if let mark = line.octets.firstRange(of: Array("== Info: ".utf8)), mark.lowerBound <= 32 {
            self.flush(into: scribe)
            let text = line.octets[mark.upperBound...].text
            // What was fetched is dumped by some versions, and only counted by others.
            let words = text.split(separator: " ")
            if words.first == "Written", words.count > 1, let count = UInt64(words[1]), !self.hasData {
                scribe.missing(count, .server, at: self.lastTime)
            }
            if text.hasPrefix("Connected to ") { scribe.begin(server: CurlText.endpoint(text)) }
            return
        }
        guard self.heading != nil, let colon = line.octets.firstIndex(of: UInt8(ascii: ":")), colon >= 4, colon <= 8,
            let offset = Int(line.octets[..<colon].text, radix: 16)
        else { return }
        let rest = line.octets.dropping(colon + 2)
        if let octets = Self.hex(rest) {
            self.octets += octets
        } else {
            // What lies between the end of the last line and this offset is a line end that is not printed.
            if offset == self.octets.count + 2 { self.octets += [0x0D, 0x0A] }
            self.octets += rest
        }
    }

    mutating func finish(into scribe: LogScribe) { self.flush(into: scribe) }

    private mutating func flush(into scribe: LogScribe) {
        guard let heading else { return }
        self.heading = nil
        defer { self.octets = [] }
        if self.octets.count == heading.count - 2 { self.octets += [0x0D, 0x0A] }
        scribe.octets(self.octets, heading.direction, at: heading.time)
        if self.octets.count < heading.count {
            scribe.missing(UInt64(heading.count - self.octets.count), heading.direction, at: heading.time)
        }
    }

    /// `2a 20 4f … * OK [CAP`; nil when it is none.
    private static func hex(_ line: [UInt8]) -> [UInt8]? {
        // 16 octets in groups of three, then the text.
        guard line.count > 48, line[47] == UInt8(ascii: " ") else { return nil }
        var octets: [UInt8] = []
        for start in stride(from: 0, to: 48, by: 3) {
            let group = line[start..<(start + 2)]
            if group.allSatisfy({ $0 == UInt8(ascii: " ") }) { break }
            guard let octet = UInt8(group.text, radix: 16), line[start + 2] == UInt8(ascii: " ") else { return nil }
            octets.append(octet)
        }
        return octets.isEmpty ? nil : octets
    }
}
