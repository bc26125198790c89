public import IMAPSession
public import IMAPWire
public import Masking
public import Traffic

/// `--html`: one file that a browser opens without anything else: sessions, messages, notes, findings, times.
///
/// What happened stands in it as the lines of ``JSONLines``, in blocks of data that no browser runs; the page's own script,
/// the only one that its policy lets run, shows them. So the file is written as it comes, and one that was cut off
/// can be opened.
public final class HTMLReport: BufferedSink {
    private let data: HTMLData
    private let lines: JSONLines
    private let limit: Int
    private var leftOut: (messages: Int, octets: UInt64) = (0, 0)

    /// Octets of data that a browser shows without tiring.
    public static let standardLimit = 48 << 20

    /// - Parameters:
    ///   - limits: those of the framer, which say how much of a literal a message's text holds.
    ///   - limit: when the page has so many octets, messages are counted and not written; all else goes on.
    public init(
        output: any TranscriptOutput,
        header: JSONHeader,
        limits: WireLimits = .standard,
        limit: Int = HTMLReport.standardLimit
    ) {
        self.data = HTMLData(output)
        self.limit = limit
        self.lines = JSONLines(output: self.data, header: header, limits: limits)
        self.data.begin()
    }

    /// The first octets of a file, for one that goes on where another ended.
    public static func beginning(_ header: JSONHeader) -> [UInt8] {
        let output = CollectedOutput()
        HTMLReport(output: output, header: header).flush()
        return output.octets
    }

    public var wantsLiterals: Bool { false }

    private var isFull: Bool { self.data.count >= self.limit }

    public func flush() { self.lines.flush() }

    public func demand(for message: Message, session: ConnectionID) -> TextDemand {
        self.isFull ? .none : self.lines.demand(for: message, session: session)
    }

    public func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        // A message without its text was asked for when the page was full already.
        guard self.isFull || text.byteCount == 0 && message.message.length > 0 else {
            return self.lines.message(message, text: text, session: session)
        }
        let value = message.message
        self.leftOut.messages += 1
        self.leftOut.octets += value.length
        for finding in value.findings { self.event(.finding(finding, time: value.time), session: session) }
        for consequence in value.consequences { self.event(consequence, session: session) }
        if let exchange = value.completes { self.event(.exchangeEnded(exchange), session: session) }
    }

    public func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {}
    public func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {}

    public func event(_ event: SessionEvent, session: ConnectionID) {
        // Twice the limit is the end of everything but how sessions begin and end.
        if self.data.count >= self.limit * 2 {
            switch event {
            case .began, .ended: break
            default: return
            }
        }
        self.lines.event(event, session: session)
    }

    /// Says what was left out, and ends the page.
    public func end() {
        self.lines.flush()
        self.data.end(leftOut: self.leftOut.messages, octets: self.leftOut.octets)
    }
}
