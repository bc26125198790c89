import IMAPProtocol
import IMAPSession
import Masking
import Reporting
import Traffic

/// Lines that were understood: the message with its note, as `parse` shows it, and the parts of it that have names.
struct ExplainedLines: Hashable {
    /// What `parse` would print.
    var rendered: [UInt8]
    var parts: [RegistryRow]
}

/// Takes lines the way `parse` does: the same framing, the same session, the same masks.
final class LineExplainer {
    private let collected = CollectedText()
    private let parts = PartCollector()
    private let report: ParseReport
    private let stage: MaskingStage
    private var client = StreamParser(direction: .client)
    private var server = StreamParser(direction: .server)
    /// Who has begun a message that has not ended, because a literal is open.
    private(set) var unfinished: Direction?

    init(format: ExplainFormat, appearance: TranscriptAppearance) {
        self.report = ParseReport(
            output: self.collected,
            format: format == .text ? .text : .jsonLines,
            color: appearance.isColored
        )
        self.stage = MaskingStage(
            connection: ConnectionID(1),
            sinks: [self.report, self.parts],
            reveal: appearance.revealsSecrets
        )
    }

    /// The client's next lines answer AUTHENTICATE.
    var isAuthenticating: Bool { self.parts.isAuthenticating }

    /// Reads a line; nil when it only begins a message or goes on with one.
    func read(_ octets: [UInt8], _ direction: Direction) -> ExplainedLines? {
        switch direction {
        case .client: self.client.feed(octets.span.bytes, to: self.stage)
        case .server: self.server.feed(octets.span.bytes, to: self.stage)
        }
        let lines = self.take()
        self.unfinished = lines == nil ? direction : nil
        return lines
    }

    /// What was begun and will not end.
    func finish() -> ExplainedLines? {
        self.client.finish(to: self.stage)
        self.server.finish(to: self.stage)
        self.unfinished = nil
        return self.take()
    }

    private func take() -> ExplainedLines? {
        self.report.finish()
        let rendered = self.collected.take()
        let rows = self.parts.take()
        return rendered.isEmpty ? nil : ExplainedLines(rendered: rendered, parts: rows)
    }
}

/// Keeps what a report writes.
private final class CollectedText: TranscriptOutput {
    private var octets: [UInt8] = []

    func write(_ bytes: RawSpan) {
        bytes.withUnsafeBytes { self.octets.append(contentsOf: $0) }
    }

    func take() -> [UInt8] {
        defer { self.octets = [] }
        return self.octets
    }
}

/// A sink that looks for names in messages whose secrets are masked.
private final class PartCollector: SessionSink {
    private var rows: [RegistryRow] = []
    private(set) var isAuthenticating = false

    var wantsLiterals: Bool { false }

    func demand(for message: Message, session: ConnectionID) -> TextDemand { .text }

    func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.rows += MessageParts.rows(of: message.message, text)
        if message.message.direction == .client {
            self.isAuthenticating = message.message.command == .authenticate || message.message.kind == .sasl
        } else if message.message.kind == .tagged {
            self.isAuthenticating = false
        }
    }

    func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {}
    func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {}
    func event(_ event: SessionEvent, session: ConnectionID) {}

    func take() -> [RegistryRow] {
        defer { self.rows = [] }
        return self.rows
    }
}
