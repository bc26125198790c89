public import Masking

/// Where rendered octets go.
///
/// Who writes them to which file, and what happens when that is slow, is the shell's matter.
public protocol TranscriptOutput: AnyObject {
    /// Takes the octets of one or more whole lines; `bytes` is valid during the call only.
    func write(_ bytes: RawSpan)
}

/// A sink that renders into a buffer.
///
/// Whoever feeds it calls ``flush()`` after each batch of octets that went through a session, so that nothing that a
/// person waits for stays behind; between flushes full chunks are handed over as they come about.
public protocol BufferedSink: SessionSink {
    func flush()
    /// Nothing more comes: writes what only an end has. Called once, before the output is closed.
    func end()
}

extension BufferedSink {
    public func end() { self.flush() }
}

/// A buffer and the output behind it.
struct ChunkedOutput {
    /// Large enough that a write costs little per octet, small enough to stay in the cache.
    static let chunk = 32_768

    var writer = ByteWriter()
    let output: any TranscriptOutput

    init(_ output: any TranscriptOutput) {
        self.output = output
    }

    /// Hands over a full chunk; called between lines only.
    @inline(__always)
    mutating func lineEnded() {
        if self.writer.count >= ChunkedOutput.chunk { self.flush() }
    }

    mutating func flush() {
        guard !self.writer.isEmpty else { return }
        self.writer.withBytes { self.output.write($0) }
        self.writer.removeAll()
    }
}
