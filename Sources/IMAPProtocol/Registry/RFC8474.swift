extension Specification {
    /// RFC 8474, OBJECTID.
    static let objectID = Specification(
        "RFC 8474",
        "OBJECTID",
        [
            RegistryRow(
                .capability,
                "OBJECTID",
                "mailboxes, messages and threads have permanent identifiers",
                shape: "OBJECTID",
                section: "3",
                related: ["OBJECTID+"]
            ),
            RegistryRow(
                .code,
                "MAILBOXID",
                "permanent identifier of the mailbox",
                shape: #""[" MAILBOXID SP "(" objectid ")" "]""#,
                section: "4.1",
                also: "RFC 8474 section 4.2",
                related: ["CREATE", "SELECT"]
            ),
            RegistryRow(
                .fetchItem,
                "EMAILID",
                "permanent identifier",
                shape: #"EMAILID / answer: EMAILID SP "(" objectid ")""#,
                section: "5.3",
                related: ["THREADID", "X-GM-MSGID"]
            ),
            RegistryRow(
                .fetchItem,
                "THREADID",
                "thread identifier",
                shape: #"THREADID / answer: THREADID SP ("(" objectid ")" / NIL)"#,
                section: "5.3",
                related: ["EMAILID", "X-GM-THRID"]
            ),
            RegistryRow(
                .searchKey,
                "EMAILID",
                "with a permanent identifier",
                shape: "EMAILID SP objectid",
                section: "6",
                related: ["THREADID"]
            ),
            RegistryRow(
                .searchKey,
                "THREADID",
                "of a thread",
                shape: "THREADID SP objectid",
                section: "6",
                related: ["EMAILID"]
            ),
            RegistryRow(
                .statusItem,
                "MAILBOXID",
                "permanent identifier",
                shape: #"MAILBOXID SP "(" objectid ")""#,
                section: "4.3",
                related: ["STATUS"]
            ),
        ]
    )
}
