import IMAPSession
import Masking
import Reporting
import Synchronization
import Traffic

/// Counts what passed, for the last line of `--verbose`.
final class Totals: BufferedSink, Sendable {
    private struct Counts {
        var sessions = 0
        var exchanges = 0
        var findings = 0
        var clientOctets: UInt64 = 0
        var serverOctets: UInt64 = 0
    }

    private let counts = Mutex(Counts())

    var wantsLiterals: Bool { false }
    func demand(for message: Message, session: ConnectionID) -> TextDemand { .none }
    func message(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {}
    func announced(_ message: MaskedMessage, text: RawSpan, session: ConnectionID) {}
    func literal(_ piece: LiteralPiece, octets: RawSpan, session: ConnectionID) {}
    func flush() {}

    func event(_ event: SessionEvent, session: ConnectionID) {
        guard case .ended(let summary) = event else { return }
        self.counts.withLock { counts in
            counts.sessions += 1
            counts.exchanges += summary.exchanges
            counts.findings += summary.findings
            counts.clientOctets += summary.clientOctets
            counts.serverOctets += summary.serverOctets
        }
    }

    var line: String {
        self.counts.withLock { counts in
            "\(counts.sessions) sessions, \(counts.exchanges) commands, \(counts.clientOctets) octets from clients, "
                + "\(counts.serverOctets) from the server, \(counts.findings) findings"
        }
    }
}
