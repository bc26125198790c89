import IMAPProtocol

/// A promise about a mailbox that one side broke: the facts. ``Finding/mailbox(_:at:)`` puts them into words.
enum MailboxViolation: Sendable, Hashable {
    // Of the server.

    /// EXPUNGE or VANISHED where it may not come: during `command`, or while no command is in progress.
    case expungeForbidden(Response, during: String?)
    case noMailboxSelected(Response)
    case uidChanged(number: UInt64, from: UInt32, to: UInt32)
    case uidNotAscending(number: UInt64, uid: UInt32, earlier: UInt32)
    case uidNotBelow(number: UInt64, uid: UInt32, later: UInt32)
    case invalidUID(UInt64)
    case uidNextTooLow(uidNext: UInt32, known: UInt32)
    case uidValidityChanged(mailbox: String, from: UInt32, to: UInt32)
    case uidValidityChangedWhileOpen(from: UInt32, to: UInt32)
    case highestModSequenceFell(from: UInt64, to: UInt64)
    case numberOutOfRange(Response, number: UInt64, exists: UInt32)
    case countTooLarge(Response, number: UInt64)
    case existsShrank(from: UInt32, to: UInt32)
    case recentAboveExists(recent: UInt64, exists: UInt32)
    case notEnabled(data: String, extension: String, reference: String)
    case expungeUnderQRESYNC
    case numberUnderUIDONLY(Response)
    case goodbye(code: String?)
    case referral(String)

    // Of the client.

    case commandNumberOutOfRange(String, number: UInt64, exists: UInt32)
    case flagNotPermanent(String)
    case commandUnderUIDONLY(String)
    case enableWhileSelected
    case longIdle(minutes: Int64)

    // Of imapscope.

    case uidsForgotten(limit: Int)
}
