extension Specification {
    /// Dovecot.
    static let dovecot = Specification(
        "Dovecot",
        "Dovecot",
        vendor: "Dovecot",
        [
            RegistryRow(
                .capability,
                "XDOVECOT",
                "Dovecot's administrative commands",
                shape: "XDOVECOT",
                related: ["ID"],
                brings: []
            ),
            RegistryRow(
                .capability,
                "FILTER=SIEVE",
                "Sieve scripts can be run on messages",
                shape: "FILTER=SIEVE",
                related: ["IMAPSIEVE"],
                brings: []
            ),
            RegistryRow(
                .capability,
                "SEARCH=X-MIMEPART",
                "search inside parts",
                shape: "SEARCH=X-MIMEPART",
                related: ["MIMEPART"],
                brings: ["MIMEPART"]
            ),
            RegistryRow(
                .capability,
                "THREAD=REFS",
                "threads by references, without subjects",
                shape: "THREAD=REFS",
                related: ["THREAD=REFERENCES"],
                brings: ["THREAD", "REFS"]
            ),
            RegistryRow(
                .capability,
                "SNIPPET=FUZZY",
                "preview, older form",
                shape: "SNIPPET=FUZZY",
                related: ["PREVIEW"],
                brings: ["SNIPPET"]
            ),
            RegistryRow(
                .capability,
                "PREVIEW=FUZZY",
                "preview, older form",
                shape: "PREVIEW=FUZZY",
                related: ["PREVIEW"],
                brings: ["PREVIEW"]
            ),
            RegistryRow(
                .threadAlgorithm,
                "REFS",
                "by References and In-Reply-To only",
                shape: "REFS",
                related: ["REFERENCES"]
            ),
            RegistryRow(
                .fetchItem,
                "SNIPPET",
                "preview",
                shape: #"SNIPPET [SP "(" FUZZY ")"] / answer: SNIPPET SP "(" FUZZY SP string ")""#,
                related: ["PREVIEW"]
            ),
            RegistryRow(
                .fetchItem,
                "X-GUID",
                "global identifier",
                shape: "X-GUID",
                related: ["EMAILID"]
            ),
            RegistryRow(
                .fetchItem,
                "X-MAILBOX",
                "mailbox name",
                shape: "X-MAILBOX",
                related: ["FOLDER"]
            ),
            RegistryRow(
                .fetchItem,
                "X-REAL-UID",
                "UID in the real mailbox",
                shape: "X-REAL-UID",
                related: ["UID"]
            ),
            RegistryRow(
                .fetchItem,
                "X-SAVEDATE",
                "date saved",
                shape: "X-SAVEDATE",
                related: ["SAVEDATE"]
            ),
            RegistryRow(
                .searchKey,
                "MIMEPART",
                "with a matching part",
                shape: "MIMEPART SP search-key",
                related: ["SEARCH"]
            ),
            RegistryRow(
                .searchKey,
                "INTHREAD",
                "in threads that match",
                shape: "INTHREAD [SP thread-alg] SP search-key",
                related: ["THREAD"]
            ),
            RegistryRow(
                .statusItem,
                "X-GUID",
                "global identifier",
                shape: "X-GUID SP string",
                related: ["MAILBOXID"]
            ),
            RegistryRow(
                .statusItem,
                "X-SIZE",
                "octets in all",
                shape: "X-SIZE SP number64",
                related: ["SIZE"]
            ),
        ]
    )
}
