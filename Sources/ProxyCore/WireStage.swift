import IMAPSession
import RuleEngine
import Traffic

/// What the wire rules of one connection have asked for and what has become of it.
final class WireStage {
    let source: any WireRuleSource
    /// Lines that a rule puts into the server's stream, waiting for a place between two messages.
    var injections: [(octets: [UInt8], rule: String)] = []
    /// Messages that a person decides about, by number.
    var intercepted: [Int: WaitingMessage] = [:]
    private var interceptions = 0
    /// Rules whose failure has been told.
    private var failed: Set<String> = []
    /// Exchanges that nothing completes.
    var unanswered: [Int] = []
    /// Where a command began whose literals imapscope asks for itself.
    var grantedFrom: UInt64?
    /// What a command is answered with once all of it was thrown away: where it began.
    var answersAtEnd: (offset: UInt64, answer: WireAnswer, rule: String)?
    /// Where the message began that is delivered while it comes, by direction.
    var delivering: [Direction: UInt64] = [:]
    /// The AUTHENTICATE in progress; 0 for none.
    var authentication = 0
    /// The chunk that the session is reading.
    private var chunk: UnsafeRawBufferPointer?
    private var chunkDirection: Direction = .client

    /// The AUTHENTICATE whose server imapscope plays.
    var played: PlayedLogin?
    /// The login that stands in for a client's, by exchange.
    var loginRule: (exchange: Int, rule: String)?
    /// Whether the server lists SASL-IR.
    var allowsInitialResponse = false
    let server: Endpoint

    init(_ source: any WireRuleSource, server: Endpoint) {
        self.source = source
        self.server = server
    }

    var isAtRest: Bool {
        self.injections.isEmpty && self.unanswered.isEmpty && !self.source.mayApply(.client)
            && !self.source.mayApply(.server)
    }

    func nextInterception() -> Int {
        self.interceptions += 1
        return self.interceptions
    }

    /// Whether the failure of `rule` has not been told before.
    func isNew(failure rule: String) -> Bool { self.failed.insert(rule).inserted }

    // MARK: - Octets

    /// Makes the octets of `chunk` known while `body` has the session read them.
    func reading(_ chunk: RawSpan, _ direction: Direction, _ body: () -> Void) {
        chunk.withUnsafeBytes {
            self.chunk = $0
            self.chunkDirection = direction
            body()
            self.chunk = nil
        }
    }

    /// All octets of `range`; nil when some have left.
    func octets(_ range: Range<UInt64>, _ flow: EditedFlow, _ direction: Direction) -> [UInt8]? {
        guard let chunk, direction == self.chunkDirection else { return flow.octets(range, of: RawSpan()) }
        return flow.octets(range, of: chunk.bytes)
    }
}

/// A message that waits for a person, or for its turn to be asked about.
struct WaitingMessage {
    var planned: PlannedMessage
    var editsLists: Bool
    /// Whether the question was asked.
    var isAsked = false
}

/// A message, its octets, and what the rules make of it.
struct PlannedMessage {
    var message: Message
    var octets: [UInt8]
    var range: Range<UInt64>
    var plan: WirePlan
    /// Whether all of its octets lie in the text that the session knows, so that ranges of secrets fit them.
    var isText: Bool

    var content: InterceptedContent {
        let secrets =
            self.isText ? self.message.secrets.map(\.range) : EditText.octetRanges(of: self.message, self.octets.count)
        return InterceptedContent(octets: self.octets, secrets: secrets, message: self.message)
    }
}
