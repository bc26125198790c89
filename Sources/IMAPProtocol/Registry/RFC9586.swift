extension Specification {
    /// RFC 9586, UIDONLY.
    static let uidOnly = Specification(
        "RFC 9586",
        "UIDONLY",
        [
            .response("UIDFETCH", "message data or changed flags, by UID"),
            .capability("UIDONLY", "message numbers can be given up"),
            .code("UIDREQUIRED", "message numbers are forbidden, only UIDs are allowed"),
        ]
    )
}
