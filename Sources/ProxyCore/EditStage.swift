import IMAPProtocol
import IMAPSession
import IMAPWire
import Traffic

/// Stands between a session and its observer while octets may be edited: learns where messages end, and notes which of
/// them leave changed.
///
/// Offsets are those of the session's streams. The session alone frames; this stage never parses a boundary.
final class EditStage: SessionObserver {
    /// A stretch of a stream that leaves as other octets.
    struct PendingEdit {
        var range: Range<UInt64>
        var octets: [UInt8]
    }

    /// A refused command that has not been answered yet.
    struct PendingAnswer {
        var offset: UInt64
        var tag: String
        var before: String
        var refusal: RefusedCommand
    }

    let downstream: any SessionObserver
    let options: ProxyOptions
    var flows = Flows()
    var answers: [PendingAnswer] = []
    /// Set while the session reads a line that is imapscope's own.
    var isAnswering = false

    /// One value a direction.
    struct Flows {
        var client = EditedFlow()
        var server = EditedFlow()

        subscript(direction: Direction) -> EditedFlow {
            get { direction == .client ? self.client : self.server }
            _modify {
                if direction == .client { yield &self.client } else { yield &self.server }
            }
        }
    }

    init(downstream: any SessionObserver, options: ProxyOptions) {
        self.downstream = downstream
        self.options = options
    }

    func message(_ message: Message, text: RawSpan, secrets: [Secret]) {
        self.downstream.message(message, text: text, secrets: secrets)
        let end = message.offset + message.length
        self.flows[message.direction].messageEnd = end
        guard message.complete, !(self.isAnswering && message.direction == .server) else { return }
        // Only a message whose text is all of it can be edited octet-exactly.
        guard message.length == UInt64(text.byteCount) else { return }
        switch message.direction {
        case .server: self.editList(message, text, message.offset..<end)
        case .client: self.refuse(message, text, message.offset..<end)
        }
    }

    func announced(_ message: Message, text: RawSpan) {
        self.downstream.announced(message, text: text)
    }

    func literal(_ piece: LiteralPiece, octets: RawSpan) {
        self.downstream.literal(piece, octets: octets)
    }

    func event(_ event: SessionEvent) {
        if case .opaque(let direction, let octets, _) = event {
            self.flows[direction].messageEnd += UInt64(octets)
        }
        self.downstream.event(event)
    }

    private func editList(_ message: Message, _ text: RawSpan, _ range: Range<UInt64>) {
        guard message.kind == .greeting || message.status != nil || message.response == .capability else { return }
        guard let list = CapabilityLine.list(in: text) else { return }
        var octets = text.withUnsafeBytes { Array($0) }
        var edited = list
        var changes: [Edit] = []
        for edit in self.options.capabilityEdits {
            guard let result = edit.apply(to: octets, list: edited) else { continue }
            changes.append(
                Edit(
                    direction: .server,
                    offset: range.lowerBound,
                    cause: edit.cause,
                    before: Self.line(octets),
                    after: Self.line(result.text),
                    time: message.time
                )
            )
            octets = result.text
            edited = result.list
        }
        guard let first = changes.first else { return }
        guard range.lowerBound >= self.flows.server.passed else {
            self.tellTooLate(.server, range.lowerBound, first.cause, message.time)
            return
        }
        self.flows.server.edits.append(PendingEdit(range: range, octets: octets))
        for change in changes { self.downstream.event(.edit(change)) }
    }

    private func refuse(_ message: Message, _ text: RawSpan, _ range: Range<UInt64>) {
        guard message.kind == .command, !message.isUID, let command = message.command else { return }
        guard let refusal = self.options.refusedCommands.first(where: { $0.command == command }) else { return }
        guard range.lowerBound >= self.flows.client.passed else {
            self.tellTooLate(.client, range.lowerBound, refusal.cause, message.time)
            return
        }
        self.flows.client.edits.append(PendingEdit(range: range, octets: []))
        self.answers.append(
            PendingAnswer(
                offset: range.lowerBound,
                tag: text.latin1(message.tag),
                before: Self.line(text.withUnsafeBytes { Array($0) }),
                refusal: refusal
            )
        )
    }

    /// The octets were on their way before their meaning was known.
    func tellTooLate(_ direction: Direction, _ offset: UInt64, _ cause: String, _ time: Timestamp) {
        let finding = Finding(
            id: "not-edited",
            severity: .medium,
            blame: .imapscope,
            direction: direction,
            offset: offset,
            text: "\(cause) asks for a change here, but the message had left before it could be told what it is",
            reference: "imapscope: octets are held up to \(self.options.heldOctets) a message"
        )
        self.downstream.event(.finding(finding, time: time))
    }

    private static func line(_ octets: [UInt8]) -> String {
        String(decoding: octets.prefix { $0 != 0x0D && $0 != 0x0A }, as: UTF8.self)
    }
}
