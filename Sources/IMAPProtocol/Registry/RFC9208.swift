extension Specification {
    /// RFC 9208, QUOTA.
    static let quota = Specification(
        "RFC 9208",
        "QUOTA",
        [
            RegistryRow(
                .command,
                "GETQUOTA",
                "asks for usage and limits of a quota",
                shape: "GETQUOTA SP quota-root",
                section: "4.1.1",
                states: .loggedIn,
                also: "RFC 2087 section 4.2",
                related: ["GETQUOTAROOT", "QUOTA"]
            ),
            RegistryRow(
                .command,
                "GETQUOTAROOT",
                "asks which quotas apply to a mailbox",
                shape: "GETQUOTAROOT SP mailbox",
                section: "4.1.2",
                states: .loggedIn,
                also: "RFC 2087 section 4.3",
                related: ["GETQUOTA", "QUOTAROOT"]
            ),
            RegistryRow(
                .command,
                "SETQUOTA",
                "sets the limits of a quota",
                shape: #"SETQUOTA SP quota-root SP "(" [setquota-resource *(SP setquota-resource)] ")""#,
                section: "4.1.3",
                states: .loggedIn,
                also: "RFC 2087 section 4.1",
                related: ["GETQUOTA", "QUOTASET"]
            ),
            RegistryRow(
                .response,
                "QUOTA",
                "usage and limits of a quota",
                shape:
                    #""*" SP QUOTA SP quota-root SP "(" [resource SP usage SP limit *(SP resource SP usage SP limit)] ")""#,
                section: "4.2.1",
                related: ["GETQUOTA", "OVERQUOTA"]
            ),
            RegistryRow(
                .response,
                "QUOTAROOT",
                "quotas that apply to a mailbox",
                shape: #""*" SP QUOTAROOT SP mailbox *(SP quota-root)"#,
                section: "4.2.2",
                related: ["GETQUOTAROOT"]
            ),
            RegistryRow(
                .capability,
                "QUOTA",
                "quotas can be asked for",
                shape: "QUOTA",
                section: "4",
                related: ["QUOTASET", "OVERQUOTA"],
                brings: ["GETQUOTA", "GETQUOTAROOT", "QUOTA", "QUOTAROOT"]
            ),
            RegistryRow(
                .capability,
                "QUOTASET",
                "quotas can be set",
                shape: "QUOTASET",
                section: "4.1.3",
                related: ["QUOTA"],
                brings: ["SETQUOTA"]
            ),
            RegistryRow(
                .capability,
                "QUOTA=RES-STORAGE",
                "quota on storage",
                shape: "QUOTA=RES-STORAGE",
                section: "5.1",
                related: ["QUOTA"],
                brings: ["STORAGE", "DELETED-STORAGE"]
            ),
            RegistryRow(
                .capability,
                "QUOTA=RES-MESSAGE",
                "quota on messages",
                shape: "QUOTA=RES-MESSAGE",
                section: "5.2",
                related: ["QUOTA"],
                brings: ["MESSAGE", "DELETED"]
            ),
            RegistryRow(
                .capability,
                "QUOTA=RES-MAILBOX",
                "quota on mailboxes",
                shape: "QUOTA=RES-MAILBOX",
                section: "5.3",
                related: ["QUOTA"],
                brings: ["MAILBOX"]
            ),
            RegistryRow(
                .capability,
                "QUOTA=RES-ANNOTATION-STORAGE",
                "quota on annotations",
                shape: "QUOTA=RES-ANNOTATION-STORAGE",
                section: "5.4",
                related: ["QUOTA"],
                brings: ["ANNOTATION-STORAGE"]
            ),
            RegistryRow(
                .statusItem,
                "DELETED-STORAGE",
                "octets marked deleted",
                shape: "DELETED-STORAGE SP number64",
                section: "4.1.4",
                related: ["DELETED", "SIZE"]
            ),
            RegistryRow(
                .resource,
                "STORAGE",
                "KiB",
                shape: "STORAGE SP usage SP limit",
                section: "5.1",
                remark: "in units of 1024 octets",
                related: ["QUOTA"]
            ),
            RegistryRow(
                .resource,
                "MESSAGE",
                "messages",
                shape: "MESSAGE SP usage SP limit",
                section: "5.2",
                related: ["QUOTA"]
            ),
            RegistryRow(
                .resource,
                "MAILBOX",
                "mailboxes",
                shape: "MAILBOX SP usage SP limit",
                section: "5.3",
                related: ["QUOTA"]
            ),
            RegistryRow(
                .resource,
                "ANNOTATION-STORAGE",
                "KiB of annotations",
                shape: "ANNOTATION-STORAGE SP usage SP limit",
                section: "5.4",
                remark: "in units of 1024 octets",
                related: ["QUOTA"]
            ),
        ]
    )
}
