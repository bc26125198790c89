extension Specification {
    /// RFC 5788, keywords of the IANA registry.
    static let keywords = Specification(
        "RFC 5788",
        "Registered keywords",
        [
            RegistryRow(
                .flag,
                "$MDNSent",
                "receipt sent",
                shape: "$MDNSent",
                section: "3.4.1",
                also: "RFC 9051 section 2.3.2",
                related: ["$Forwarded"]
            ),
            RegistryRow(
                .flag,
                "$Forwarded",
                "forwarded",
                shape: "$Forwarded",
                section: "3.4.2",
                also: "RFC 9051 section 2.3.2",
                related: [#"\Answered"#, "Forwarded"]
            ),
            RegistryRow(
                .flag,
                "$SubmitPending",
                "waiting to be submitted",
                shape: "$SubmitPending",
                section: "3.4.3",
                related: ["$Submitted"]
            ),
            RegistryRow(
                .flag,
                "$Submitted",
                "submitted",
                shape: "$Submitted",
                section: "3.4.4",
                related: ["$SubmitPending"]
            ),
        ]
    )
}
