extension Specification {
    /// RFC 3501 section 6.3 and the commands that close a mailbox.
    static let imap4rev1Mailboxes = Specification(
        "RFC 3501",
        "IMAP4rev1: mailboxes",
        [
            RegistryRow(
                .command,
                "SELECT",
                "opens a mailbox for reading and writing",
                shape: #"SELECT SP mailbox [SP "(" select-param *(SP select-param) ")"]"#,
                section: "6.3.1",
                states: .loggedIn,
                also: "RFC 9051 section 6.3.2",
                related: [
                    "EXAMINE", "CLOSE", "UNSELECT", "FLAGS", "EXISTS", "UIDVALIDITY", "UIDNEXT", "PERMANENTFLAGS",
                    "READ-WRITE",
                ]
            ),
            RegistryRow(
                .command,
                "EXAMINE",
                "opens a mailbox read-only",
                shape: #"EXAMINE SP mailbox [SP "(" select-param *(SP select-param) ")"]"#,
                section: "6.3.2",
                states: .loggedIn,
                also: "RFC 9051 section 6.3.3",
                related: ["SELECT", "READ-ONLY"]
            ),
            RegistryRow(
                .command,
                "CREATE",
                "creates a mailbox",
                shape: #"CREATE SP mailbox [SP "(" create-param *(SP create-param) ")"]"#,
                section: "6.3.3",
                states: .loggedIn,
                also: "RFC 9051 section 6.3.4",
                related: ["DELETE", "RENAME", "SUBSCRIBE", "ALREADYEXISTS", "USE", "MAILBOXID"]
            ),
            RegistryRow(
                .command,
                "DELETE",
                "deletes a mailbox",
                shape: "DELETE SP mailbox",
                section: "6.3.4",
                states: .loggedIn,
                also: "RFC 9051 section 6.3.5",
                related: ["CREATE", "NONEXISTENT", "HASCHILDREN", "INUSE"]
            ),
            RegistryRow(
                .command,
                "RENAME",
                "renames a mailbox",
                shape: "RENAME SP mailbox SP mailbox",
                section: "6.3.5",
                states: .loggedIn,
                also: "RFC 9051 section 6.3.6",
                remark: "renaming INBOX moves its messages and leaves an empty INBOX",
                related: ["CREATE", "DELETE", "ALREADYEXISTS"]
            ),
            RegistryRow(
                .command,
                "SUBSCRIBE",
                "adds a mailbox to the subscriptions",
                shape: "SUBSCRIBE SP mailbox",
                section: "6.3.6",
                states: .loggedIn,
                also: "RFC 9051 section 6.3.7",
                related: ["UNSUBSCRIBE", "LSUB", #"\Subscribed"#]
            ),
            RegistryRow(
                .command,
                "UNSUBSCRIBE",
                "removes a mailbox from the subscriptions",
                shape: "UNSUBSCRIBE SP mailbox",
                section: "6.3.7",
                states: .loggedIn,
                also: "RFC 9051 section 6.3.8",
                related: ["SUBSCRIBE", "LSUB"]
            ),
            RegistryRow(
                .command,
                "LIST",
                "lists mailboxes",
                shape:
                    #"LIST [SP "(" [list-select-opt *(SP list-select-opt)] ")"] SP mailbox SP (list-mailbox / patterns) [SP RETURN SP "(" [return-option *(SP return-option)] ")"]"#,
                section: "6.3.8",
                states: .loggedIn,
                also: "RFC 9051 section 6.3.9, RFC 5258 section 3",
                related: ["LSUB", "STATUS", "NAMESPACE", "LIST-EXTENDED"]
            ),
            RegistryRow(
                .command,
                "LSUB",
                "lists subscribed mailboxes",
                shape: "LSUB SP mailbox SP list-mailbox",
                section: "6.3.9",
                states: .loggedIn,
                remark: "not in IMAP4rev2 (RFC 9051 appendix E), where LIST (SUBSCRIBED) takes its place",
                related: ["SUBSCRIBE", "LIST", "SUBSCRIBED"]
            ),
            RegistryRow(
                .command,
                "STATUS",
                "asks for counters of a mailbox without opening it",
                shape: #"STATUS SP mailbox SP "(" status-att *(SP status-att) ")""#,
                section: "6.3.10",
                states: .loggedIn,
                also: "RFC 9051 section 6.3.11",
                related: ["SELECT", "MESSAGES", "UNSEEN", "UIDNEXT", "UIDVALIDITY", "LIST-STATUS"]
            ),
            RegistryRow(
                .command,
                "APPEND",
                "uploads a message into a mailbox",
                shape: "APPEND SP mailbox 1*([SP flag-list] [SP date-time] SP append-data)",
                section: "6.3.11",
                states: .loggedIn,
                also: "RFC 9051 section 6.3.12",
                related: ["APPENDUID", "TRYCREATE", "TOOBIG", "MULTIAPPEND", "CATENATE", "REPLACE"]
            ),
            RegistryRow(
                .command,
                "CHECK",
                "asks the server to save the state of the mailbox",
                shape: "CHECK",
                section: "6.4.1",
                states: .selected,
                remark: "not in IMAP4rev2 (RFC 9051 appendix E)",
                related: ["NOOP"]
            ),
            RegistryRow(
                .command,
                "CLOSE",
                "closes the mailbox and removes messages marked deleted",
                shape: "CLOSE",
                section: "6.4.2",
                states: .selected,
                also: "RFC 9051 section 6.4.1",
                related: ["UNSELECT", "EXPUNGE"]
            ),
            RegistryRow(
                .command,
                "EXPUNGE",
                "removes all messages marked deleted for good",
                shape: "EXPUNGE / UID SP EXPUNGE SP sequence-set",
                section: "6.4.3",
                states: .selected,
                also: "RFC 9051 section 6.4.3, RFC 4315 section 2.1",
                related: [#"\Deleted"#, "UIDPLUS", "VANISHED", "CLOSE"]
            ),
            RegistryRow(
                .command,
                "UID",
                "the command behind it speaks of UIDs instead of message numbers",
                shape: "UID SP (COPY / EXPUNGE / FETCH / MOVE / REPLACE / SEARCH / SORT / STORE / THREAD) SP arguments",
                section: "6.4.8",
                states: .selected,
                also: "RFC 9051 section 6.4.9",
                related: ["FETCH", "STORE", "SEARCH", "COPY", "UIDPLUS", "UIDONLY"]
            ),
            RegistryRow(
                .statusItem,
                "MESSAGES",
                "messages",
                shape: "MESSAGES SP number",
                section: "6.3.10",
                also: "RFC 9051 section 6.3.11",
                related: ["EXISTS", "STATUS"]
            ),
            RegistryRow(
                .statusItem,
                "RECENT",
                "recent",
                shape: "RECENT SP number",
                section: "6.3.10",
                remark: "not in IMAP4rev2 (RFC 9051 appendix E)",
                related: [#"\Recent"#, "STATUS"]
            ),
            RegistryRow(
                .statusItem,
                "UIDNEXT",
                "next UID",
                shape: "UIDNEXT SP nz-number",
                section: "6.3.10",
                also: "RFC 9051 section 6.3.11",
                related: ["STATUS"]
            ),
            RegistryRow(
                .statusItem,
                "UIDVALIDITY",
                "UIDVALIDITY",
                shape: "UIDVALIDITY SP nz-number",
                section: "6.3.10",
                also: "RFC 9051 section 6.3.11",
                related: ["STATUS"]
            ),
            RegistryRow(
                .statusItem,
                "UNSEEN",
                "unread",
                shape: "UNSEEN SP number",
                section: "6.3.10",
                also: "RFC 9051 section 6.3.11",
                remark: "here the number of unread messages; as a response code the number of the first one",
                related: [#"\Seen"#, "STATUS"]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Noinferiors"#,
                "cannot have children",
                shape: #"\Noinferiors"#,
                section: "7.2.2",
                also: "RFC 9051 section 7.3.1",
                related: ["LIST", #"\HasNoChildren"#]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Noselect"#,
                "cannot be opened",
                shape: #"\Noselect"#,
                section: "7.2.2",
                also: "RFC 9051 section 7.3.1",
                related: ["LIST", #"\NonExistent"#]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Marked"#,
                "probably has new mail",
                shape: #"\Marked"#,
                section: "7.2.2",
                also: "RFC 9051 section 7.3.1",
                related: ["LIST", #"\Unmarked"#]
            ),
            RegistryRow(
                .mailboxAttribute,
                #"\Unmarked"#,
                "no new mail",
                shape: #"\Unmarked"#,
                section: "7.2.2",
                also: "RFC 9051 section 7.3.1",
                related: ["LIST", #"\Marked"#]
            ),
        ]
    )
}
