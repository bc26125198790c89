/// One line of a log, without its end.
public struct LogLine: Sendable, Hashable {
    public var octets: [UInt8]
    /// Whether CR stood before the LF.
    public var hasCR: Bool

    public init(_ octets: [UInt8], hasCR: Bool = false) {
        self.octets = octets
        self.hasCR = hasCR
    }
}

/// Cuts a log into lines, whatever pieces it comes in.
final class LineCutter {
    /// Longer lines are cut: no log of a dialogue has them.
    static let longest = 64 << 20

    private var rest: [UInt8] = []
    private var isFirst = true

    func cut(_ octets: some Collection<UInt8>, _ body: (LogLine) -> Void) {
        for octet in octets {
            guard octet == UInt8(ascii: "\n") || self.rest.count >= Self.longest else {
                self.rest.append(octet)
                continue
            }
            self.end(body)
        }
    }

    /// The last line may have no end.
    func finish(_ body: (LogLine) -> Void) {
        if !self.rest.isEmpty { self.end(body) }
    }

    private func end(_ body: (LogLine) -> Void) {
        var line = self.rest
        self.rest.removeAll(keepingCapacity: true)
        if self.isFirst {
            self.isFirst = false
            // A byte order mark is no part of the text.
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
        }
        let hasCR = line.last == UInt8(ascii: "\r")
        if hasCR { line.removeLast() }
        body(LogLine(line, hasCR: hasCR))
    }
}
