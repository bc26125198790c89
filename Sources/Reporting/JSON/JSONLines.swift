import IMAPProtocol
public import IMAPSession
public import IMAPWire
public import Masking
public import Traffic

/// JSON lines: one object for each message and event.
///
/// The fields are described in <doc:JSONLines>.
public final class JSONLines: BufferedSink {
    /// The schema of the objects; the version grows when a field changes its meaning or goes.
    public static let schema = (name: "imapscope-events", version: 1)

    private var renderer: JSONRenderer
    private let needsText: Bool
    private var sessions: [ConnectionID: JSONSession] = [:]
    /// The session that spoke last.
    private var current: JSONSession?

    /// - Parameters:
    ///   - header: the first line.
    ///   - limits: those of the framer, which say how much of a literal a message's text holds.
    public init(
        output: any TranscriptOutput,
        fields: JSONFields = .all,
        header: JSONHeader,
        limits: WireLimits = .standard
    ) {
        self.renderer = JSONRenderer(output, fields: fields, literalPrefix: limits.literalPrefix)
        self.needsText = fields.intersects(JSONFields([.tag, .name, .text, .note, .literals]))
        self.renderer.write(header)
    }

    public var wantsLiterals: Bool { false }

    public func flush() { self.renderer.output.flush() }

    public func demand(for message: Message, session: ConnectionID) -> TextDemand {
        self.needsText ? .text : .none
    }

    public func message(_ message: MaskedMessage, text: RawSpan, session id: ConnectionID) {
        guard let session = self.session(id) else { return }
        let value = message.message
        if value.kind == .command {
            session.exchanges.insert(
                OpenExchanges.Entry(number: value.exchange, command: value.command, isUID: value.isUID, note: nil)
            )
        }
        self.renderer.write(message, text, session)
        for finding in value.findings { self.renderer.write(finding, value.time, id) }
        for consequence in value.consequences { self.event(consequence, session: id) }
        if let exchange = value.completes { self.end(exchange, session) }
    }

    public func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {}
    public func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {}

    public func event(_ event: SessionEvent, session id: ConnectionID) {
        if case .began(let description) = event {
            self.sessions[id] = JSONSession(id)
            self.current = nil
            self.renderer.write(description)
            return
        }
        guard let session = self.session(id) else { return }
        switch event {
        case .exchangeBegan(let exchange): session.exchanges.insert(exchange)
        case .exchangeEnded(let exchange): self.end(exchange, session)
        case .opaque(let direction, let octets, _): session.opaque[Int(direction.rawValue)] += UInt64(octets)
        case .ended(let summary):
            for direction in Direction.allCases where session.opaque[Int(direction.rawValue)] > 0 {
                self.renderer.writeOpaque(direction, session.opaque[Int(direction.rawValue)], summary.ended, id)
            }
            self.renderer.write(summary)
            self.sessions[id] = nil
            self.current = nil
        default: self.renderer.write(event, id)
        }
    }

    /// Told by the tagged response, by an event, or by both.
    private func end(_ exchange: Exchange, _ session: JSONSession) {
        _ = session.exchanges.remove(exchange.number)
        guard exchange.number != session.lastEnded else { return }
        session.lastEnded = exchange.number
        self.renderer.write(exchange, session.id)
    }

    @inline(__always)
    private func session(_ id: ConnectionID) -> JSONSession? {
        if let current, current.id == id { return current }
        self.current = self.sessions[id]
        return self.current
    }
}

/// What the JSON output remembers of an open session.
final class JSONSession {
    let id: ConnectionID
    var exchanges = OpenExchanges()
    /// The number of the exchange that ended last.
    var lastEnded = 0
    /// Per direction, client first: octets in a language that is not read.
    var opaque: InlineArray<2, UInt64> = .init(repeating: 0)

    init(_ id: ConnectionID) {
        self.id = id
    }
}
