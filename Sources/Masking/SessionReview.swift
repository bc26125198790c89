public import IMAPSession
public import Traffic

/// Looks at what a session says, behind the masks and before the outputs, and adds findings to it: an audit.
///
/// One per session.
public protocol SessionReview: AnyObject {
    /// Whether the text of a message is needed, and so the work of masking it.
    func needsText(of message: Message) -> Bool
    /// Adds to the findings of a message or changes how much they matter; nothing else in it may be changed.
    ///
    /// - Parameter text: masked; empty when nobody asked for it.
    func review(_ message: inout Message, text: RawSpan)
    /// The same for an event.
    ///
    /// - Returns: what was found; told right behind the event, or before it when it is the session's last.
    func review(_ event: inout SessionEvent) -> [(finding: Finding, time: Timestamp)]
}
