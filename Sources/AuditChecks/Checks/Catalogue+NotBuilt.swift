extension Catalogue {
    /// Those that cannot be decided from what passes, in the order of their numbers.
    static let notBuilt: [Unbuilt] = [
        Unbuilt(
            "S16",
            "* BYE between the OK of STARTTLS and TLS",
            because:
                "octets there are no IMAP: nothing may read them as such, what an attacker puts there least of all. S07 tells them with their number."
        ),
        Unbuilt(
            "A08",
            "answers take longer for users that exist",
            because:
                "a handful of logins says nothing against the noise of a network; it takes hundreds of tries, which an audit of traffic does not make."
        ),
    ]
}
