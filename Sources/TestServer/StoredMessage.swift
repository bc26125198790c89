/// One message of a mailbox.
public struct StoredMessage: Sendable {
    public internal(set) var uid: UInt32
    /// The message with CR LF line ends, as FETCH sends it.
    public var octets: [UInt8]
    public var flags: FlagSet
    public var internalDate: DateTime
    /// Rises with each change of the flags, so that other connections learn of it.
    var modification: UInt64 = 0
}
