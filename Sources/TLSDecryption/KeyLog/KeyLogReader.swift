import Cryptography
import Traffic

/// Reads one key log as its octets come: a file, also while it grows, or a block of a capture (RFC 9850).
public struct KeyLogReader: Sendable {
    private let keyLog: KeyLog
    /// What problems name.
    private let source: String
    /// The line that has not ended.
    private var line: [UInt8] = []
    private var number = 1
    private var isTooLong = false
    /// The octet before was CR; an LF behind it ends no second line.
    private var followsCR = false
    private var isFirst = true
    /// Lines that could not be read, the first ones in full.
    public private(set) var problems: [KeyLogProblem] = []
    public private(set) var problemCount = 0
    /// Secrets that were read.
    public private(set) var secretCount = 0

    /// Twice what the longest secret of RFC 9850 needs.
    public static let longestLine = 4096
    public static let mostProblems = 20

    public init(_ keyLog: KeyLog, source: String) {
        self.keyLog = keyLog
        self.source = source
    }

    /// Takes the next octets. A line without its end waits.
    public mutating func append(_ octets: RawSpan) {
        for index in 0..<octets.byteCount {
            let octet = octets[index]
            switch octet {
            case 0x0A where self.followsCR: self.followsCR = false
            case 0x0A, 0x0D:
                self.followsCR = octet == 0x0D
                self.endLine()
            default:
                self.followsCR = false
                if self.line.count < Self.longestLine { self.line.append(octet) } else { self.isTooLong = true }
            }
        }
    }

    /// Nothing more comes: the last line needs no end.
    public mutating func finish() {
        if !self.line.isEmpty { self.endLine() }
    }

    private mutating func endLine() {
        defer {
            self.line.cleanse()
            self.number += 1
            self.isTooLong = false
        }
        var line = self.line[...]
        // RFC 9850 knows no byte order mark; editors on Windows do.
        if self.isFirst, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
        self.isFirst = false
        guard !self.isTooLong else { return self.note(.tooLong(limit: Self.longestLine)) }
        switch KeyLogLine.read(line) {
        case .success(let found?):
            self.secretCount += 1
            self.keyLog.insert(found)
        case .success(nil): break
        case .failure(let reason): self.note(reason)
        }
    }

    private mutating func note(_ reason: KeyLogProblem.Reason) {
        self.problemCount += 1
        guard self.problems.count < Self.mostProblems else { return }
        self.problems.append(KeyLogProblem(source: self.source, line: self.number, reason: reason))
    }
}
