extension Specification {
    /// RFC 6785, IMAPSIEVE.
    static let sieve = Specification(
        "RFC 6785",
        "IMAPSIEVE",
        [
            .capability("IMAPSIEVE", "Sieve scripts run on changes")
        ]
    )
}
