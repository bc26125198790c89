import IMAPSession
import Masking
import Probing
import Reporting
import RuleEngine
import Synchronization
import Traffic

/// Leads connections through the attack packs, one each, and keeps what their clients do.
final class PackWalk: BufferedSink, Sendable {
    struct Pack: Sendable {
        var name: String
        var about: String
        var rules: RuleSet
    }

    private struct State {
        var next = 0
        /// The pack of each open connection.
        var packs: [ConnectionID: Int] = [:]
        var records: [ConnectionID: ClientRecord] = [:]
        var verdicts: [Int: ProbeVerdict] = [:]
    }

    let packs: [Pack]
    private let state = Mutex(State())
    private let finished: @Sendable () -> Void
    private let told: @Sendable (Pack, ProbeVerdict) -> Void

    /// - Parameters:
    ///   - told: called with each verdict as it comes.
    ///   - finished: called when every pack has one.
    init(
        _ packs: [Pack],
        told: @escaping @Sendable (Pack, ProbeVerdict) -> Void,
        finished: @escaping @Sendable () -> Void
    ) {
        self.packs = packs
        self.told = told
        self.finished = finished
    }

    /// The rules of a new connection; nil once all packs are taken.
    func rules(for connection: ConnectionID) -> WireRules? {
        let index = self.state.withLock { state -> Int? in
            guard state.next < self.packs.count else { return nil }
            defer { state.next += 1 }
            state.packs[connection] = state.next
            state.records[connection] = ClientRecord()
            return state.next
        }
        return index.flatMap { self.packs[$0].rules.wire(for: connection) }
    }

    /// What there is; a pack that no client met has nil.
    var results: [(pack: Pack, verdict: ProbeVerdict?)] {
        self.state.withLock { state in
            var verdicts = state.verdicts
            // Connections that are still open when the run is stopped.
            for (connection, index) in state.packs where verdicts[index] == nil {
                verdicts[index] = state.records[connection].map { self.verdict($0, index) }
            }
            return self.packs.enumerated().map { ($1, verdicts[$0]) }
        }
    }

    private func verdict(_ record: ClientRecord, _ index: Int) -> ProbeVerdict {
        record.verdict(isDowngrade: self.packs[index].name == "attack-capability-downgrade")
    }

    // MARK: - The sessions

    var wantsLiterals: Bool { false }
    func demand(for message: Message, session: ConnectionID) -> TextDemand { .none }
    func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {}
    func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {}
    func flush() {}

    func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {
        let findings = message.message.findings.map(\.id).filter { $0.hasPrefix("client-") }
        for case .authentication(let outcome) in message.message.consequences { self.loggedIn(outcome, session) }
        let isCommand = message.message.kind == .command
        guard isCommand || !findings.isEmpty else { return }
        self.state.withLock { state in
            state.records[session]?.findings += findings
            if isCommand { state.records[session]?.commands += 1 }
        }
    }

    func event(_ event: SessionEvent, session: ConnectionID) {
        switch event {
        case .finding(let finding, _) where finding.id.hasPrefix("client-"):
            self.state.withLock { $0.records[session]?.findings.append(finding.id) }
        case .authentication(let outcome): self.loggedIn(outcome, session)
        case .tls(let change) where change.leg == .client:
            self.state.withLock { state in
                switch change.outcome {
                case .established: state.records[session]?.hasTLS = true
                case .failed(let failure):
                    state.records[session]?.handshakeFailure = failure.alert ?? failure.kind.rawValue
                default: break
                }
            }
        case .ended: self.ended(session)
        default: break
        }
    }

    private func loggedIn(_ outcome: AuthenticationOutcome, _ session: ConnectionID) {
        guard !outcome.cancelled else { return }
        self.state.withLock { state in
            if state.records[session]?.hasTLS == true {
                state.records[session]?.protectedLogin = outcome.mechanism
            } else {
                state.records[session]?.cleartextLogin = outcome.mechanism
            }
        }
    }

    private func ended(_ session: ConnectionID) {
        let (told, isLast) = self.state.withLock { state -> ((Pack, ProbeVerdict)?, Bool) in
            guard let index = state.packs.removeValue(forKey: session) else { return (nil, false) }
            guard let record = state.records.removeValue(forKey: session) else { return (nil, false) }
            let verdict = self.verdict(record, index)
            state.verdicts[index] = verdict
            return ((self.packs[index], verdict), state.verdicts.count == self.packs.count)
        }
        if let (pack, verdict) = told { self.told(pack, verdict) }
        if isLast { self.finished() }
    }
}
