import CaptureDecoding
import IMAPSession
import IMAPWire
import LogImport
import Reporting
import Traffic

extension DecodeRun {
    /// Tells the outputs what logs hold; the numbers of their sessions go on from one log to the next.
    func importLogs(
        _ formats: [any LogFormat],
        _ output: StandardOutput,
        _ interruption: Interruption
    ) throws {
        self.announce()
        let passwords = try PasswordInput.read(self.settings.passwords, asks: self.settings.asksForPassword)
        let outputs = try DecodeOutputs(self.settings, standard: output)
        let options = try self.options(passwords, outputs).session
        var sessions = RecordedSessions(options: options.settlingInPlace, observer: self.observer(outputs))
        var base: UInt64 = 0
        for (path, format) in zip(self.settings.paths, formats) {
            let first = base
            var importer = LogImporter(format) { input in
                var input = input
                input.session.number += first
                if case .began(var description) = input.kind {
                    description.connection = input.session
                    input.kind = .began(description)
                }
                sessions.receive(input)
            }
            try self.read(path, format, interruption, isWanted: { outputs.isWanted }) { importer.read($0) }
            importer.finish()
            base += UInt64(importer.sessions)
            if !self.settings.isQuiet {
                let count = importer.sessions
                writeNotice("\(path): \(format.title): \(count) \(count == 1 ? "session" : "sessions")")
            }
        }
        sessions.finish()
        try outputs.finish()
        try output.finish()
        guard outputs.isWanted else { return }
        if !self.settings.isQuiet, let line = self.settings.rules?.tallyLine { writeNotice(line) }
        if let signal = interruption.received {
            throw EndOfCommand(exitCode: signal == 15 ? .terminated : .interrupted)
        }
        if sessions.count == 0 {
            throw Failure(
                .dataError,
                "there is no line of a dialogue in it",
                blame: .capture,
                advice: "--from names the format: " + LogFormats.all.map(\.name).joined(separator: ", ")
            )
        }
    }

    private func read(
        _ path: String,
        _ format: any LogFormat,
        _ interruption: Interruption,
        isWanted: () -> Bool,
        _ body: ([UInt8]) -> Void
    ) throws {
        if format.name == "rawlog", let partner = RawlogPair.partner(of: path) {
            // Without times their order is known only when both are.
            let isClient = path.hasSuffix(".in")
            let own = try InputFile.contents(of: path, limit: Self.largestRawlog)
            let other = try InputFile.contents(of: partner, limit: Self.largestRawlog)
            body(RawlogPair.merged(client: isClient ? own : other, server: isClient ? other : own))
            return
        }
        let file = try InputFile(path: path)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { buffer.deallocate() }
        while isWanted(), interruption.awaitInput(on: file.descriptor) {
            let count = try file.read(into: buffer)
            guard count > 0 else { return }
            body(Array(buffer[..<count]))
        }
    }

    private static let largestRawlog = 1 << 30
}

extension SessionOptions {
    /// Nobody settles verdicts later.
    fileprivate var settlingInPlace: SessionOptions {
        var options = self
        options.verifier = nil
        return options
    }
}
