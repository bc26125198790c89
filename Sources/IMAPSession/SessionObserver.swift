public import Traffic

/// Who receives what a session says, secrets included: the masking stage, and tests.
public protocol SessionObserver: AnyObject {
    /// A complete message. `text` is valid during the call only.
    func message(_ message: Message, text: RawSpan, secrets: [Secret])
    /// A command waits for the server to accept a literal: what there is of it, the announcement last. The complete
    /// message follows, with the same offset, unless the connection ends first.
    func announced(_ message: Message, text: RawSpan)
    /// The beginning of a message whose long literal passes now, the announcement last; told once for each such literal,
    /// before its octets. The complete message follows, with the same offset.
    func passing(_ message: Message, text: RawSpan)
    /// Octets of a long literal of message data, while it passes and before its message is complete.
    func literal(_ piece: LiteralPiece, octets: RawSpan)
    func event(_ event: SessionEvent)
}

extension SessionObserver {
    public func passing(_ message: Message, text: RawSpan) {}
}
