public import IMAPSession

/// Reads one log, in whatever pieces it comes.
public struct LogImporter {
    private let cutter = LineCutter()
    private var reader: any LogReader
    private let scribe: LogScribe

    /// - Parameter forward: is given what the log says, in its order.
    public init(_ format: any LogFormat, forward: @escaping (RecordedInput) -> Void) {
        self.reader = format.makeReader()
        self.scribe = LogScribe(format.name, literals: format.literals, forward: forward)
    }

    /// Sessions that have begun.
    public var sessions: Int { self.scribe.sessions }

    public mutating func read(_ octets: some Collection<UInt8>) {
        self.cutter.cut(octets) { self.reader.read($0, into: self.scribe) }
    }

    /// The log is over.
    public mutating func finish() {
        self.cutter.finish { self.reader.read($0, into: self.scribe) }
        self.reader.finish(into: self.scribe)
        self.scribe.finish()
    }
}
