import TLSDecryption
import Traffic

/// Writes down what a decryptor says.
final class Listener: TLSObserver {
    enum Said {
        case octets(Direction, [UInt8], Timestamp)
        case gap(Direction, CleartextGap)
    }

    private(set) var said: [Said] = []
    private(set) var facts: [TLSHandshakeFacts] = []
    private(set) var alerts: [(direction: Direction, alert: TLSAlert)] = []
    private(set) var problems: [(direction: Direction, problem: TLSProblem)] = []
    private(set) var undecrypted: [Direction: Int] = [.client: 0, .server: 0]

    func cleartext(_ octets: RawSpan, from direction: Direction, at time: Timestamp) {
        self.said.append(.octets(direction, octets.withUnsafeBytes { Array($0) }, time))
    }

    func gap(_ gap: CleartextGap, from direction: Direction, at time: Timestamp) {
        self.said.append(.gap(direction, gap))
    }

    func handshake(_ facts: TLSHandshakeFacts, at time: Timestamp) { self.facts.append(facts) }

    func alert(_ alert: TLSAlert, from direction: Direction, at time: Timestamp) {
        self.alerts.append((direction, alert))
    }

    func problem(_ problem: TLSProblem, from direction: Direction, at time: Timestamp) {
        self.problems.append((direction, problem))
    }

    func undecrypted(_ octets: Int, from direction: Direction, at time: Timestamp) {
        self.undecrypted[direction, default: 0] += octets
    }

    /// All octets of a direction, gaps left out.
    func octets(_ wanted: Direction) -> [UInt8] {
        self.said.flatMap { entry -> [UInt8] in
            if case .octets(wanted, let octets, _) = entry { octets } else { [] }
        }
    }

    func gaps(_ wanted: Direction) -> [CleartextGap] {
        self.said.compactMap { entry in if case .gap(wanted, let gap) = entry { gap } else { nil } }
    }

    /// The directions in which octets came, in their order, each run once.
    var turns: [Direction] {
        var turns: [Direction] = []
        for case .octets(let direction, _, _) in self.said where turns.last != direction { turns.append(direction) }
        return turns
    }
}

/// How the wire is cut.
enum Feeding: Sendable, CustomStringConvertible {
    case asSent
    case pieces(Int)

    static let all: [Feeding] = [.asSent, .pieces(1), .pieces(2), .pieces(3), .pieces(7), .pieces(61), .pieces(500)]

    var description: String {
        switch self {
        case .asSent: "as sent"
        case .pieces(let count): "in pieces of \(count)"
        }
    }

    func cut(_ octets: [UInt8]) -> [ArraySlice<UInt8>] {
        switch self {
        case .asSent: [octets[...]]
        case .pieces(let count):
            stride(from: 0, to: octets.count, by: count).map { octets[$0..<min($0 + count, octets.count)] }
        }
    }
}

extension RecordedConnection {
    /// Feeds the whole connection.
    ///
    /// - Parameter step: is called before each piece.
    @discardableResult
    func decrypt(
        _ keys: TLSDecryptionKeys,
        _ feeding: Feeding = .asSent,
        step: (TLSDecryptor) -> Void = { _ in }
    ) -> (Listener, TLSDecryptor) {
        let listener = Listener()
        let decryptor = TLSDecryptor(keys: keys, observer: listener)
        var clock: Int64 = 0
        for (direction, octets) in self.wire {
            for piece in feeding.cut(octets) {
                step(decryptor)
                clock += 1
                decryptor.receive(piece.span.bytes, from: direction, at: Timestamp(nanoseconds: clock))
            }
        }
        decryptor.finish(at: Timestamp(nanoseconds: clock + 1))
        return (listener, decryptor)
    }
}
