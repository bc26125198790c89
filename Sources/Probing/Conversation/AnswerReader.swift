import IMAPProtocol
import IMAPWire
import Traffic

/// Cuts what the server sends into responses. Octets behind the response that was waited for stay for the next answer.
struct AnswerReader {
    enum Wanted: Hashable {
        /// The first response, whatever it is.
        case greeting
        /// The tagged response of this command, or a continuation request, which would be waited for in vain.
        case tagged(String)
    }

    /// No answer that a test provokes is longer.
    static let limit = 1 << 20

    private var framer = Framer(direction: .server)
    /// Not read yet.
    private(set) var pending: [UInt8] = []
    private var taken = 0
    private var lines: [ProbeLine] = []

    mutating func receive(_ octets: [UInt8]) {
        self.pending += octets
    }

    /// The answer once it is complete.
    mutating func next(_ wanted: Wanted) -> ProbeAnswer? {
        let octets = self.pending
        var cursor = 0
        while let frame = self.framer.next(in: octets.span.bytes, cursor: &cursor) {
            guard case .message(let message) = frame else { continue }
            let text = self.framer.withText(of: message, in: octets.span.bytes) { $0.withUnsafeBytes { Array($0) } }
            let line = ProbeLine(text)
            self.lines.append(line)
            if self.isFinal(line, wanted) {
                self.pending = Array(octets[cursor...])
                return self.take(.complete)
            }
        }
        self.taken += cursor
        self.pending = Array(octets[min(cursor, octets.count)...])
        return self.taken > Self.limit ? self.take(.flooded) : nil
    }

    mutating func take(_ ending: ProbeAnswer.Ending) -> ProbeAnswer {
        defer {
            self.lines = []
            self.taken = 0
        }
        return ProbeAnswer(lines: self.lines, ending: ending)
    }

    private func isFinal(_ line: ProbeLine, _ wanted: Wanted) -> Bool {
        switch wanted {
        case .greeting: true
        case .tagged(let tag): line.kind == .continuation || line.kind == .tagged && line.tag == tag
        }
    }
}
