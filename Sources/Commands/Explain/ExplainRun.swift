import IMAPProtocol
import IMAPSession
import Reporting
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Explains the arguments, or the lines of standard input, one after the other.
final class ExplainRun {
    private let report: ExplainReport
    private let source: Direction?
    private let lines: LineExplainer

    /// Octets that are read at once.
    private static let chunk = 65_536

    init(report: ExplainReport, source: StreamSource?, appearance: TranscriptAppearance) {
        self.report = report
        self.source = source?.direction
        self.lines = LineExplainer(format: report.format, appearance: appearance)
    }

    func explain(_ arguments: [String], output: StandardOutput) throws {
        if arguments.isEmpty || arguments == ["-"] {
            try self.readStandardInput(output)
        } else {
            for (index, input) in ExplainInput.inputs(arguments, source: self.source).enumerated() {
                guard output.state == .open else { break }
                self.explain(input, at: index + 1, line: nil)
            }
        }
        self.report.show(self.lines.finish())
    }

    private func explain(_ input: ExplainInput, at place: Int, line: [UInt8]?) {
        switch input {
        case .line(let text, let direction): self.explain(line: Array(text.utf8), direction)
        case .word where self.lines.isAuthenticating:
            // What follows AUTHENTICATE is an answer, and may be a password.
            self.explain(line: line ?? input.octets, .client)
        case .word(let word):
            let found = Explanation.all(for: word)
            if found.isEmpty {
                self.report.showUnknown(word, at: place)
            } else {
                self.report.show(word: word, found)
            }
        }
    }

    private func explain(line: [UInt8], _ direction: Direction) {
        var octets = line
        if octets.last != UInt8(ascii: "\n") { octets.append(contentsOf: "\r\n".utf8) }
        self.report.show(self.lines.read(octets, direction))
    }

    // MARK: - Standard input

    private func readStandardInput(_ output: StandardOutput) throws {
        let interruption = try Interruption()
        let input = try InputFile(path: nil)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 16)
        defer { buffer.deallocate() }
        var pending: [UInt8] = []
        var number = 0
        while output.state == .open, interruption.awaitInput(on: input.descriptor) {
            let count = try input.read(into: buffer)
            if count == 0 { break }
            for octet in buffer[..<count] {
                pending.append(octet)
                if octet == UInt8(ascii: "\n") {
                    number += 1
                    self.explain(inputLine: pending, at: number)
                } else if pending.count >= Self.longestPiece {
                    self.explain(pieceOfLine: pending)
                } else {
                    continue
                }
                pending.removeAll(keepingCapacity: true)
            }
            output.flush()
        }
        if !pending.isEmpty { self.explain(inputLine: pending, at: number + 1) }
        if let signal = interruption.received {
            output.flush()
            throw EndOfCommand(exitCode: signal == SIGTERM ? .terminated : .interrupted)
        }
    }

    private static let longestPiece = 1 << 20

    /// The parser keeps of a long line what its limits allow; the rest of the line goes the same way.
    private func explain(pieceOfLine piece: [UInt8]) {
        let isServer = piece.starts(with: "* ".utf8) || piece.starts(with: "+ ".utf8)
        let direction = self.lines.unfinished ?? self.source ?? (isServer ? .server : .client)
        self.report.show(self.lines.read(piece, direction))
    }

    private func explain(inputLine line: [UInt8], at number: Int) {
        if let direction = self.lines.unfinished {
            self.report.show(self.lines.read(line, direction))
            return
        }
        var content = line[...]
        while let last = content.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { content.removeLast() }
        guard !content.isEmpty || self.lines.isAuthenticating else { return }
        let text = String(decoding: content, as: UTF8.self)
        let input = ExplainInput(text, source: self.source)
        // The octets themselves, for what is no UTF-8 must not be repaired.
        if case .line(let rest, let direction) = input, rest == text {
            self.explain(line: line, direction)
        } else {
            self.explain(input, at: number, line: line)
        }
    }
}

extension ExplainInput {
    fileprivate var octets: [UInt8] {
        switch self {
        case .word(let text), .line(let text, _): Array(text.utf8)
        }
    }
}
