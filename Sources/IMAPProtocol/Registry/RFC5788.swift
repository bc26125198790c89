extension Specification {
    /// RFC 5788, Registered keywords.
    static let keywords = Specification(
        "RFC 5788",
        "Registered keywords",
        [
            .flag("$Forwarded", "forwarded"),
            .flag("$MDNSent", "receipt sent"),
            .flag("$SubmitPending", "waiting to be submitted"),
            .flag("$Submitted", "submitted"),
            .flag("$Junk", "junk"),
            .flag("$NotJunk", "not junk"),
            .flag("$Phishing", "phishing"),
        ]
    )
}
