import RuleEngine

/// What happens where a stream has come to an offset, or to a stretch of octets.
struct FlowStep {
    enum Kind {
        /// The octets of the range leave as these; an empty range: these are put in.
        case replace([UInt8])
        /// Each octet of the range leaves as this one.
        case fill(UInt8)
        /// Nothing leaves until the person who was asked has decided.
        case awaitDecision(Int)
        /// Nothing leaves until the server asks for the literal.
        case awaitContinuation
        /// What leaves from here on leaves as the delivery says.
        case beginDelivery(Delivery)
        /// Nothing leaves until all that the delivery has taken is gone.
        case endDelivery
    }

    var range: Range<UInt64>
    var kind: Kind
    /// Whether octets of the range leave before all of them are there.
    var streams = false
    /// The command that the step is a part of, where it may end early; 0 for none.
    var exchange = 0

    init(_ range: Range<UInt64>, _ kind: Kind, streams: Bool = false, exchange: Int = 0) {
        self.range = range
        self.kind = kind
        self.streams = streams
        self.exchange = exchange
    }

    init(at offset: UInt64, _ kind: Kind, exchange: Int = 0) {
        self.init(offset..<offset, kind, exchange: exchange)
    }
}
