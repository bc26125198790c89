public import IMAPSession
public import IMAPWire
public import Masking
public import Traffic

/// `--pcap`: the cleartext of sessions as a pcapng file that Wireshark reads.
///
/// What was decrypted, inflated and put together goes into TCP segments of its own, with the original times, addresses and
/// ports, and what was found is a comment of the packet. Secrets are overwritten octet for octet.
public final class PacketCapture: BufferedSink {
    /// The port on which Wireshark looks for IMAP in cleartext.
    private static let cleartextPort: UInt16 = 143
    /// How much of a hidden literal is written at once.
    private static let fill = [UInt8](repeating: UInt8(ascii: "*"), count: 1440)

    private var writer: PcapngWriter
    private let literalPrefix: Int
    private var hosts = StandInAddresses()
    private var sessions: [ConnectionID: CapturedSession] = [:]

    /// - Parameters:
    ///   - version: of imapscope.
    ///   - revealsSecrets: said in the file, when what comes is not masked.
    ///   - limits: those of the framer, which say how much of a literal a message's text holds.
    public init(
        output: any TranscriptOutput,
        version: String,
        revealsSecrets: Bool = false,
        limits: WireLimits = .standard
    ) {
        self.literalPrefix = limits.literalPrefix
        self.writer = PcapngWriter(output)
        self.writer.begin(application: "imapscope \(version)", comment: Self.remark(revealsSecrets))
    }

    /// The first octets of a file: a file that is begun anew needs them too.
    public static func beginning(version: String, revealsSecrets: Bool) -> [UInt8] {
        let output = CollectedOutput()
        let capture = PacketCapture(output: output, version: version, revealsSecrets: revealsSecrets)
        capture.flush()
        return output.octets
    }

    private static func remark(_ revealsSecrets: Bool) -> String {
        "IMAP sessions decrypted, inflated and put into new TCP segments. Times, addresses and client ports are those of "
            + "the original. "
            + (revealsSecrets ? "SECRETS REVEALED" : "Passwords and other secrets are overwritten with asterisks")
    }

    public var wantsLiterals: Bool { true }

    public func flush() { self.writer.flush() }

    public func demand(for message: Message, session: ConnectionID) -> TextDemand { .text }

    public func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.write(message, text, session)
    }

    public func passing(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        self.write(message, text, session)
    }

    public func message(_ message: MaskedMessage, text: RawSpan, session id: ConnectionID) {
        let value = message.message
        guard let session = self.sessions[id] else { return }
        for finding in value.findings { session.connection.comment(Self.text(finding)) }
        for consequence in value.consequences { session.comment(consequence) }
        self.write(message, text, id)
        session.settle(value.direction, to: value.offset + value.length)
        for case .ended(let summary) in value.consequences { self.end(id, summary) }
    }

    public func literal(_ piece: LiteralPiece, octets: RawSpan, session id: ConnectionID) {
        guard let session = self.sessions[id] else { return }
        let offset = piece.literal.offset + piece.position
        session.advance(piece.direction, to: offset, fill: nil, time: piece.time, &self.writer)
        session.connection.send(piece.direction, octets, at: offset, time: piece.time, &self.writer)
    }

    public func event(_ event: SessionEvent, session id: ConnectionID) {
        if case .began(let description) = event { return self.begin(description) }
        guard let session = self.sessions[id] else { return }
        switch event {
        case .gap(let direction, let offset, let octets, _):
            session.gaps.append((direction, offset..<(offset + octets)))
        case .opaque(let direction, let octets, _): session.skipUnread(direction, UInt64(octets))
        case .closed(let direction, let how, let time):
            session.connection.close(direction, how, at: time, &self.writer)
        case .ended(let summary):
            return self.end(id, summary)
        default: session.comment(event)
        }
    }

    // MARK: - Sessions

    private func begin(_ description: SessionDescription) {
        let session = CapturedSession(
            description,
            client: (self.address(description.client), description.client.port),
            server: (self.address(description.server), Self.cleartextPort)
        )
        session.connection.comment(Self.text(description))
        session.connection.open(at: description.time, &self.writer)
        self.sessions[description.connection] = session
    }

    private func end(_ id: ConnectionID, _ summary: SessionSummary) {
        guard let session = self.sessions.removeValue(forKey: id) else { return }
        session.connection.end(at: summary.ended, &self.writer)
    }

    private func address(_ endpoint: Endpoint) -> NetworkAddress {
        let (address, isNew) = self.hosts.address(of: endpoint.host)
        if isNew { self.writer.name(address, endpoint.host) }
        return address
    }

    private func write(_ message: MaskedMessage, _ text: RawSpan, _ id: ConnectionID) {
        guard let session = self.sessions[id] else { return }
        let value = message.message
        for piece in StreamPieces(message, text: text, literalPrefix: self.literalPrefix).pieces {
            let isHidden = value.literals.contains {
                $0.offset < piece.offset && piece.offset <= $0.offset + $0.received
            }
            session.advance(
                value.direction,
                to: piece.offset,
                fill: isHidden ? Self.fill : nil,
                time: value.time,
                &self.writer
            )
            let octets = text.extracting(piece.range)
            session.connection.send(value.direction, octets, at: piece.offset, time: value.time, &self.writer)
        }
    }

    // MARK: - Comments

    private static func text(_ description: SessionDescription) -> String {
        var text = "session \(description.connection.number): \(description.client) to \(description.server), "
        text +=
            description.upstreamLeg.isEmpty
            ? description.clientLeg : "client \(description.clientLeg), upstream \(description.upstreamLeg)"
        if description.server.port != self.cleartextPort {
            text += "; port \(description.server.port) is written as 143, where Wireshark expects IMAP in cleartext"
        }
        return text
    }

    static func text(_ finding: Finding) -> String {
        "\(finding.severity.name): \(finding.id): \(finding.text) (\(finding.reference))"
    }
}
