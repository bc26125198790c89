import FilterLanguage
import IMAPSession
import IMAPWire
import Masking
import Reporting
import RuleEngine
import Traffic

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Reads an input to its end and hands its messages to a report.
struct ParseRun {
    var source: StreamSource
    var format: ReportFormat
    var detail: Int
    var appearance: TranscriptAppearance
    var filter: Filter?
    var rules: RuleSet?

    /// Large reads cost few system calls and keep most messages whole in one chunk, which are never copied then.
    private static let chunk = 262_144

    func read(_ path: String?, to output: StandardOutput) throws {
        let interruption = try Interruption()
        let input = try InputFile(path: path)
        if self.appearance.revealsSecrets {
            writeNotice("--reveal-secrets: passwords and other secrets are shown, not masked")
        }
        let report = ParseReport(
            output: output,
            format: self.format == .text ? .text : .jsonLines,
            detail: ParseReport.Detail(rawValue: self.detail) ?? .messages,
            color: self.appearance.isColored
        )
        let stage = MaskingStage(
            connection: ConnectionID(1),
            sinks: [self.filter?.before(report) ?? report],
            reveal: self.appearance.revealsSecrets,
            redaction: self.rules?.redaction(
                for: ConnectionID(1),
                literalPrefix: WireLimits.standard.literalPrefix
            )
        )
        var parser = StreamParser(direction: self.source.direction, checksSyntax: true)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 16)
        defer {
            explicit_bzero(buffer.baseAddress!, buffer.count)
            buffer.deallocate()
        }
        while output.state == .open {
            guard interruption.awaitInput(on: input.descriptor) else { break }
            let count = try input.read(into: buffer)
            if count == 0 {
                parser.finish(to: stage)
                break
            }
            parser.feed(UnsafeRawBufferPointer(rebasing: buffer[..<count]).bytes, to: stage)
            // A person or a program at the other end of a pipe waits for what was read so far.
            report.finish()
            output.flush()
        }
        report.end()
        output.flush()
        if let line = rules?.tallyLine { writeNotice(line) }
        if let signal = interruption.received {
            throw EndOfCommand(exitCode: signal == SIGTERM ? .terminated : .interrupted)
        }
    }
}
