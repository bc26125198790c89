extension Specification {
    /// RFC 4315, UIDPLUS.
    static let uidplus = Specification(
        "RFC 4315",
        "UIDPLUS",
        [
            .capability("UIDPLUS", "UID EXPUNGE, and new UIDs are reported"),
            .code("APPENDUID", "UID of the new message"),
            .code("COPYUID", "UIDs of the copies"),
            .code("UIDNOTSTICKY", "this mailbox forgets its UIDs when it is closed"),
        ]
    )
}
