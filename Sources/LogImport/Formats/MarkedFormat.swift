import Traffic

/// What a line of a log says that marks who spoke.
struct MarkedLine: Sendable {
    enum Kind: Sendable {
        /// A line without its end.
        case line(Direction, [UInt8])
        /// Octets as they were sent.
        case octets(Direction, [UInt8])
        case missing(Direction, UInt64)
        case begins(Endpoint?)
        case ends
    }

    var kind: Kind
    /// Which of the connections of the log.
    var key = ""
    var time: Timestamp?

    init(_ kind: Kind, key: String = "", time: Timestamp? = nil) {
        self.kind = kind
        self.key = key
        self.time = time
    }
}

/// A format in which every line of the dialogue says who sent it: one function tells the rest.
struct MarkedFormat: LogFormat {
    var name: String
    var title: String
    var literals: LogScribe.Literals
    /// Nil for lines that are no part of the dialogue.
    var meaning: @Sendable ([UInt8]) -> MarkedLine?

    func count(in lines: [LogLine]) -> Int {
        var (commands, responses) = (0, 0)
        for line in lines {
            switch self.meaning(line.octets)?.kind {
            case .line(.client, _), .octets(.client, _): commands += 1
            case .line(.server, _), .octets(.server, _): responses += 1
            case .missing, .begins, .ends, nil: break
            }
        }
        // Responses may look the same elsewhere.
        return commands > 0 ? commands + responses : 0
    }

    func makeReader() -> any LogReader { MarkedReader(meaning: self.meaning) }
}

private struct MarkedReader: LogReader {
    let meaning: @Sendable ([UInt8]) -> MarkedLine?

    mutating func read(_ line: LogLine, into scribe: LogScribe) {
        guard let said = self.meaning(line.octets) else { return }
        switch said.kind {
        case .line(let direction, let octets): scribe.line(octets, direction, key: said.key, at: said.time)
        case .octets(let direction, let octets): scribe.octets(octets, direction, key: said.key, at: said.time)
        case .missing(let direction, let count):
            scribe.missing(count, direction, key: said.key, at: said.time)
            // What a client sends behind it ends its command.
            if direction == .client { scribe.octets([0x0D, 0x0A], .client, key: said.key, at: said.time) }
        case .begins(let server): scribe.begin(said.key, server: server, at: said.time)
        case .ends: scribe.end(said.key, at: said.time)
        }
    }

    mutating func finish(into scribe: LogScribe) {}
}
