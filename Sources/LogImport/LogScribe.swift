import IMAPSession
import Traffic

/// Writes down what a log's lines mean, as octets of sessions: one for all formats, so that all treat alike what logs
/// leave out.
public final class LogScribe {
    /// What a log has of literals.
    public enum Literals: Sendable {
        /// Their octets.
        case present
        /// Nothing: the lines go on behind them.
        case absent
    }

    private struct Open {
        var id: ConnectionID
        var time: Timestamp
        /// Octets of a literal that are still to come, by direction.
        var literal: [Direction: UInt64] = [:]
        /// A literal of the client that the log does not have, while its line may still end.
        var owed: UInt64 = 0
        /// Told with the first line, whose time may be the first that is known.
        var description: SessionDescription?
        var isMidStream = false
        var toldLineEnds = false
        var toldClock = false
    }

    private let forward: (RecordedInput) -> Void
    private let literals: Literals
    private let name: String
    private var open: [String: Open] = [:]
    private var count: UInt64 = 0
    /// Where a log has no times: a steady clock, so that the order shows.
    private var clock = Timestamp(seconds: 0)
    private var lastTime: Timestamp?

    init(_ name: String, literals: Literals, forward: @escaping (RecordedInput) -> Void) {
        self.name = name
        self.literals = literals
        self.forward = forward
    }

    /// How many sessions have begun.
    var sessions: Int { Int(self.count) }

    /// A connection begins; what was open under the same key ends.
    func begin(_ key: String = "", server: Endpoint? = nil, at time: Timestamp? = nil, isMidStream: Bool = false) {
        self.end(key, at: time)
        self.count += 1
        let id = ConnectionID(self.count)
        var open = Open(id: id, time: time ?? .zero)
        open.isMidStream = isMidStream
        open.description = SessionDescription(
            connection: id,
            client: Endpoint(host: self.name, port: 0),
            server: server ?? Endpoint(host: "server", port: 0),
            clientLeg: "from a log",
            upstreamLeg: "",
            time: .zero
        )
        self.open[key] = open
    }

    private func tellBeginning(_ open: inout Open, _ now: Timestamp) {
        guard var description = open.description else { return }
        open.description = nil
        description.time = now
        self.tell(open.id, now, .began(description))
        if open.isMidStream { self.tell(open.id, now, .beginsMidStream) }
    }

    /// A line that one side sent, without its end.
    func line(_ octets: [UInt8], _ direction: Direction, key: String = "", at time: Timestamp? = nil) {
        self.say(octets, direction, key: key, at: time, endsLine: true)
    }

    /// Octets as they were sent.
    func octets(_ octets: [UInt8], _ direction: Direction, key: String = "", at time: Timestamp? = nil) {
        self.say(octets, direction, key: key, at: time, endsLine: false)
    }

    private func say(
        _ octets: [UInt8],
        _ direction: Direction,
        key: String,
        at time: Timestamp?,
        endsLine: Bool
    ) {
        // A greeting on a connection that has spoken is that of the next one.
        if direction == .server, octets.isGreeting, let open = self.open[key], open.literal.isEmpty,
            self.hasSpoken.contains(open.id)
        {
            self.end(key, at: time)
        }
        if self.open[key] == nil { self.begin(key, at: time) }
        guard var open = self.open[key] else { return }
        let now = self.now(time)
        open.time = now
        self.tellBeginning(&open, now)
        self.hasSpoken.insert(open.id)
        if time == nil, self.lastTime == nil, !open.toldClock {
            open.toldClock = true
            self.tell(open.id, now, .finding(.noTimes(self.name)))
        }
        if open.owed > 0, !(direction == .server && octets.first == UInt8(ascii: "+")) {
            self.tell(open.id, now, .gap(.client, octets: open.owed))
            self.tell(open.id, now, .octets(.client, [0x0D, 0x0A]))
            open.owed = 0
        }
        var sent = octets
        if endsLine {
            sent += [0x0D, 0x0A]
            if !open.toldLineEnds {
                open.toldLineEnds = true
                self.tell(open.id, now, .finding(.lineEndsRestored(self.name)))
            }
        }
        self.tell(open.id, now, .octets(direction, sent))
        if let left = open.literal[direction] {
            let rest = left > UInt64(sent.count) ? left - UInt64(sent.count) : 0
            open.literal[direction] = rest > 0 ? rest : nil
        } else if endsLine || octets.suffix(2) == [0x0D, 0x0A],
            let size = (endsLine ? octets[...] : octets.dropLast(2)).announcedLiteral
        {
            switch (self.literals, direction) {
            case (.present, _): if size > 0 { open.literal[direction] = size }
            case (.absent, .server): if size > 0 { self.tell(open.id, now, .gap(.server, octets: size)) }
            case (.absent, .client): open.owed = size
            }
        }
        self.open[key] = open
    }

    /// Octets that the log says were there, and does not have.
    func missing(_ octets: UInt64, _ direction: Direction, key: String = "", at time: Timestamp? = nil) {
        guard var open = self.open[key], octets > 0 else { return }
        let now = self.now(time)
        self.tellBeginning(&open, now)
        self.tell(open.id, now, .gap(direction, octets: octets))
        let left = open.literal[direction] ?? 0
        open.literal[direction] = left > octets ? left - octets : nil
        self.open[key] = open
    }

    func finding(_ finding: Finding, key: String = "", at time: Timestamp? = nil) {
        guard let open = self.open[key] else { return }
        self.tell(open.id, self.now(time), .finding(finding))
    }

    func end(_ key: String = "", at time: Timestamp? = nil) {
        guard let open = self.open.removeValue(forKey: key) else { return }
        self.hasSpoken.remove(open.id)
        // A connection on which nobody spoke is no session.
        guard open.description == nil else {
            if open.id.number == self.count { self.count -= 1 }
            return
        }
        self.tell(open.id, time ?? open.time, .ended)
    }

    func finish() {
        for (key, _) in self.open.sorted(by: { $0.value.id < $1.value.id }) { self.end(key) }
    }

    private var hasSpoken: Set<ConnectionID> = []

    private func tell(_ id: ConnectionID, _ time: Timestamp, _ kind: RecordedInput.Kind) {
        self.forward(RecordedInput(session: id, time: time, kind))
    }

    /// Times never go back, whatever the log says.
    private func now(_ time: Timestamp?) -> Timestamp {
        if let time {
            self.lastTime = max(self.lastTime ?? time, time)
        } else if self.lastTime == nil {
            self.clock = self.clock.advanced(byNanoseconds: 1_000_000)
            return self.clock
        }
        return self.lastTime ?? self.clock
    }
}

extension Finding {
    fileprivate static func noTimes(_ name: String) -> Finding {
        Finding(
            id: "log-without-times",
            severity: .info,
            blame: .capture,
            direction: .client,
            offset: 0,
            text: "the log of \(name) has no times: what is shown is an order",
            reference: "import of logs"
        )
    }

    fileprivate static func lineEndsRestored(_ name: String) -> Finding {
        Finding(
            id: "log-line-ends",
            severity: .info,
            blame: .capture,
            direction: .client,
            offset: 0,
            text: "the log of \(name) has no line ends of the wire: CR LF stands for each, and offsets are reckoned so",
            reference: "import of logs"
        )
    }
}
