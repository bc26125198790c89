public import Traffic

/// One thing that a recording says of a session: a log of another program, or a store of our own.
///
/// It is what a packet is to a capture: octets of one direction at a time, in the order in which they were written down.
/// ``RecordedSessions`` reads them as sessions.
public struct RecordedInput: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// The first thing said of a session.
        case began(SessionDescription)
        /// What comes first may be the rest of anything: the recording has no beginning of the session.
        case beginsMidStream
        case octets(Direction, [UInt8])
        /// Octets that the recording lacks.
        case gap(Direction, octets: UInt64)
        case closed(Direction, Closing)
        /// What the reader of the recording has to say of it, at this place.
        case finding(Finding)
        /// Nothing more follows.
        case ended
    }

    public var session: ConnectionID
    public var time: Timestamp
    public var kind: Kind

    public init(session: ConnectionID, time: Timestamp, _ kind: Kind) {
        self.session = session
        self.time = time
        self.kind = kind
    }
}
