import Traffic

/// A way in which programs write down what they say to a server.
public protocol LogFormat: Sendable {
    /// For `--from`.
    var name: String { get }
    /// For people.
    var title: String { get }
    /// Lines of the beginning of a log that only this format has.
    func count(in lines: [LogLine]) -> Int
    /// What its logs have of literals.
    var literals: LogScribe.Literals { get }
    func makeReader() -> any LogReader
}

/// Reads the lines of one log.
public protocol LogReader {
    mutating func read(_ line: LogLine, into scribe: LogScribe)
    mutating func finish(into scribe: LogScribe)
}

/// All formats. A new one is a file in `Formats` and a line here.
public enum LogFormats {
    /// The more a format asks of a line, the further up it stands: of two that know as many lines the first is taken.
    public static let all: [any LogFormat] = [
        CurlTraceFormat(), MarkedFormat.thunderbird, MarkedFormat.neomutt, MarkedFormat.offlineimap,
        MarkedFormat.imaplib, MarkedFormat.fetchmail, TelemetryFormat(), RawlogFormat(), MarkedFormat.mbsync,
        MarkedFormat.mbsyncNetwork, MarkedFormat.curl, MarkedFormat.dialogue, TelnetFormat(),
    ]

    public static func named(_ name: String) -> (any LogFormat)? { self.all.first { $0.name == name } }

    /// Lines by which a format is known, at least.
    private static let fewest = 2

    /// The format that knows most of the lines at the beginning of a log; nil when none knows any.
    public static func detect(_ head: [UInt8]) -> (any LogFormat)? {
        var lines: [LogLine] = []
        let cutter = LineCutter()
        cutter.cut(head) { lines.append($0) }
        if lines.isEmpty { cutter.finish { lines.append($0) } }
        var best: (format: any LogFormat, count: Int)?
        for format in self.all {
            let count = format.count(in: lines)
            if count >= self.fewest, count > (best?.count ?? 0) { best = (format, count) }
        }
        return best?.format
    }
}
