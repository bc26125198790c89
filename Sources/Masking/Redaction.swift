public import IMAPSession

/// Hides more than secrets: what outputs show of a session, one per session.
///
/// The masking stage asks it after its own work, so it never sees a secret and cannot take a mask away.
public protocol Redaction: AnyObject {
    /// Overwrites parts of a message, octet for octet, so that offsets and sizes stay true.
    ///
    /// - Parameters:
    ///   - message: the texts in it, findings and names, may be rewritten.
    ///   - text: the masked text; what is overwritten with something readable is told by the text alone.
    ///   - isComplete: false for a command that waits for its literal, which comes again when it is complete.
    /// - Returns: the ranges that were made unreadable.
    func redact(_ message: inout Message, text: UnsafeMutableRawBufferPointer, isComplete: Bool) -> [SecretRange]
    func redact(_ event: SessionEvent) -> SessionEvent
}
