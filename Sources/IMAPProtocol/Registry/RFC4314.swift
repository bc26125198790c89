extension Specification {
    /// RFC 4314, ACL.
    static let access = Specification(
        "RFC 4314",
        "ACL",
        [
            RegistryRow(
                .command,
                "GETACL",
                "asks who may do what in a mailbox",
                shape: "GETACL SP mailbox",
                section: "3.3",
                states: .loggedIn,
                related: ["SETACL", "MYRIGHTS", "NOPERM"]
            ),
            RegistryRow(
                .command,
                "SETACL",
                "changes somebody's rights",
                shape: #"SETACL SP mailbox SP identifier SP ["+" / "-"] rights"#,
                section: "3.1",
                states: .loggedIn,
                related: ["GETACL", "DELETEACL", "NOPERM"]
            ),
            RegistryRow(
                .command,
                "DELETEACL",
                "removes somebody's rights",
                shape: "DELETEACL SP mailbox SP identifier",
                section: "3.2",
                states: .loggedIn,
                related: ["SETACL"]
            ),
            RegistryRow(
                .command,
                "LISTRIGHTS",
                "asks which rights somebody could get",
                shape: "LISTRIGHTS SP mailbox SP identifier",
                section: "3.4",
                states: .loggedIn,
                related: ["SETACL", "MYRIGHTS"]
            ),
            RegistryRow(
                .command,
                "MYRIGHTS",
                "asks what the user may do in a mailbox",
                shape: "MYRIGHTS SP mailbox",
                section: "3.5",
                states: .loggedIn,
                related: ["GETACL", "LIST-MYRIGHTS"]
            ),
            RegistryRow(
                .response,
                "ACL",
                "rights in a mailbox",
                shape: #""*" SP ACL SP mailbox *(SP identifier SP rights)"#,
                section: "3.6",
                related: ["GETACL"]
            ),
            RegistryRow(
                .response,
                "LISTRIGHTS",
                "rights that can be given",
                shape: #""*" SP LISTRIGHTS SP mailbox SP identifier SP rights *(SP rights)"#,
                section: "3.7",
                related: ["SETACL"]
            ),
            RegistryRow(
                .response,
                "MYRIGHTS",
                "what the user may do",
                shape: #""*" SP MYRIGHTS SP mailbox SP rights"#,
                section: "3.8",
                related: ["GETACL", "LIST-MYRIGHTS"]
            ),
            RegistryRow(
                .capability,
                "ACL",
                "access rights can be read and changed",
                shape: "ACL",
                section: "3",
                related: ["RIGHTS", "NOPERM"]
            ),
            RegistryRow(
                .capability,
                "RIGHTS",
                "further access rights",
                shape: "RIGHTS= letters",
                section: "2.2",
                related: ["ACL"],
                brings: ["k", "x", "t", "e"]
            ),
            RegistryRow(
                .right,
                "l",
                "see it in lists",
                shape: "l",
                section: "2.1",
                related: ["LIST", "ACL"]
            ),
            RegistryRow(
                .right,
                "r",
                "read",
                shape: "r",
                section: "2.1",
                related: ["SELECT", "ACL"]
            ),
            RegistryRow(
                .right,
                "s",
                "keep the read state",
                shape: "s",
                section: "2.1",
                related: [#"\Seen"#, "ACL"]
            ),
            RegistryRow(
                .right,
                "w",
                "change flags",
                shape: "w",
                section: "2.1",
                related: ["STORE", "ACL"]
            ),
            RegistryRow(
                .right,
                "i",
                "add messages",
                shape: "i",
                section: "2.1",
                related: ["APPEND", "COPY", "ACL"]
            ),
            RegistryRow(
                .right,
                "p",
                "post",
                shape: "p",
                section: "2.1",
                related: ["ACL"]
            ),
            RegistryRow(
                .right,
                "k",
                "create mailboxes below",
                shape: "k",
                section: "2.1",
                related: ["CREATE", "c", "ACL"]
            ),
            RegistryRow(
                .right,
                "x",
                "delete the mailbox",
                shape: "x",
                section: "2.1",
                related: ["DELETE", "d", "ACL"]
            ),
            RegistryRow(
                .right,
                "t",
                "mark deleted",
                shape: "t",
                section: "2.1",
                related: [#"\Deleted"#, "d", "ACL"]
            ),
            RegistryRow(
                .right,
                "e",
                "expunge",
                shape: "e",
                section: "2.1",
                related: ["EXPUNGE", "d", "ACL"]
            ),
            RegistryRow(
                .right,
                "a",
                "administer",
                shape: "a",
                section: "2.1",
                related: ["SETACL", "ACL"]
            ),
            RegistryRow(
                .right,
                "c",
                "create (obsolete)",
                shape: "c",
                section: "2.1.1",
                remark: "stands for k, or for k and x",
                related: ["k", "x"]
            ),
            RegistryRow(
                .right,
                "d",
                "delete (obsolete)",
                shape: "d",
                section: "2.1.1",
                remark: "stands for e and t, or for x, t and e",
                related: ["x", "t", "e"]
            ),
        ]
    )
}
