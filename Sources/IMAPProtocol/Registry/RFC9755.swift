extension Specification {
    /// RFC 9755, UTF8=ACCEPT.
    static let utf8 = Specification(
        "RFC 9755",
        "UTF8=ACCEPT",
        [
            .capability("UTF8=ACCEPT", "UTF-8 in names and headers once enabled"),
            .capability("UTF8=ONLY", "UTF-8 in names and headers is required"),
            .capability("UTF8=ALL", "UTF-8 everywhere (obsolete)"),
            .capability("UTF8=APPEND", "UTF-8 messages can be uploaded (obsolete)"),
            .capability("UTF8=USER", "UTF-8 user names (obsolete)"),
            .code("DOWNGRADED", "shown in a simplified form without UTF-8"),
        ]
    )
}
