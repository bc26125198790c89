extension Specification {
    /// Cyrus, Cyrus and the drafts it follows.
    static let cyrus = Specification(
        "Cyrus",
        "Cyrus and the drafts it follows",
        vendor: "Cyrus",
        [
            RegistryRow(
                .command,
                "GETANNOTATION",
                "reads annotations (old form)",
                shape: "GETANNOTATION SP mailbox SP entry SP attrib",
                states: .loggedIn,
                remark: "draft-daboo-imap-annotatemore, before RFC 5464",
                related: ["GETMETADATA"]
            ),
            RegistryRow(
                .command,
                "SETANNOTATION",
                "writes annotations (old form)",
                shape: #"SETANNOTATION SP mailbox SP entry SP "(" attrib SP value ")""#,
                states: .loggedIn,
                remark: "draft-daboo-imap-annotatemore, before RFC 5464",
                related: ["SETMETADATA"]
            ),
            RegistryRow(
                .response,
                "ANNOTATION",
                "annotations (old form)",
                shape: #""*" SP ANNOTATION SP mailbox SP entry SP "(" attrib SP value *(SP attrib SP value) ")""#,
                related: ["METADATA"]
            ),
            RegistryRow(
                .capability,
                "ANNOTATEMORE",
                "annotations (old form)",
                shape: "ANNOTATEMORE",
                related: ["METADATA"],
                brings: ["GETANNOTATION", "SETANNOTATION", "ANNOTATION"]
            ),
            RegistryRow(
                .capability,
                "X-REPLICATION",
                "replication between servers",
                shape: "X-REPLICATION",
                related: ["MUPDATE"],
                brings: ["SYNCAPPLY", "SYNCGET", "SYNCRESTORE"]
            ),
            RegistryRow(
                .capability,
                "X-REPLICATION-ARCHIVE",
                "replication between servers, with archived messages",
                shape: "X-REPLICATION-ARCHIVE",
                related: ["X-REPLICATION"],
                brings: ["SYNCAPPLY", "SYNCGET", "SYNCRESTORE"]
            ),
            RegistryRow(
                .capability,
                "X-SIEVE-MAILBOX",
                "Sieve scripts in mailboxes",
                shape: "X-SIEVE-MAILBOX",
                related: ["IMAPSIEVE"],
                brings: []
            ),
            RegistryRow(
                .capability,
                "X-CREATEDMODSEQ",
                "messages tell their first mod-sequence",
                shape: "X-CREATEDMODSEQ",
                related: ["CONDSTORE"],
                brings: ["CREATEDMODSEQ"]
            ),
            RegistryRow(
                .capability,
                "XUSERGROUPS",
                "groups in access rights",
                shape: "XUSERGROUPS",
                related: ["ACL"],
                brings: []
            ),
            RegistryRow(
                .capability,
                "DIGEST=SHA1",
                "message digests can be asked for",
                shape: "DIGEST=SHA1",
                related: ["DIGEST.SHA1"],
                brings: ["DIGEST.SHA1"]
            ),
            RegistryRow(
                .capability,
                "NO_ATOMIC_RENAME",
                "renaming a tree is not one step",
                shape: "NO_ATOMIC_RENAME",
                related: ["RENAME"],
                brings: []
            ),
            RegistryRow(
                .capability,
                "MUPDATE",
                "member of a mailbox cluster",
                shape: "MUPDATE= url",
                related: ["MUPDATEPUSH"],
                brings: ["MUPDATEPUSH"]
            ),
            RegistryRow(
                .capability,
                "SCAN",
                "mailboxes can be listed by what their messages contain",
                shape: "SCAN",
                related: ["SCAN"],
                brings: ["SCAN"]
            ),
            RegistryRow(
                .capability,
                "XMOVE",
                "messages can be moved by XMOVE too",
                shape: "XMOVE",
                related: ["MOVE"],
                brings: ["XMOVE"]
            ),
            RegistryRow(
                .capability,
                "X-QUOTA=STORAGE",
                "quota on storage, by its old name",
                shape: "X-QUOTA=STORAGE",
                related: ["QUOTA", "QUOTA=RES-STORAGE"],
                brings: ["STORAGE"]
            ),
            RegistryRow(
                .capability,
                "X-QUOTA=MESSAGE",
                "quota on messages, by its old name",
                shape: "X-QUOTA=MESSAGE",
                related: ["QUOTA", "QUOTA=RES-MESSAGE"],
                brings: ["MESSAGE"]
            ),
            RegistryRow(
                .capability,
                "X-QUOTA=X-ANNOTATION-STORAGE",
                "quota on annotations, by its old name",
                shape: "X-QUOTA=X-ANNOTATION-STORAGE",
                related: ["QUOTA", "QUOTA=RES-ANNOTATION-STORAGE"],
                brings: ["X-ANNOTATION-STORAGE"]
            ),
            RegistryRow(
                .capability,
                "X-QUOTA=X-NUM-FOLDERS",
                "quota on mailboxes, by its old name",
                shape: "X-QUOTA=X-NUM-FOLDERS",
                related: ["QUOTA", "QUOTA=RES-MAILBOX"],
                brings: ["X-NUM-FOLDERS"]
            ),
            RegistryRow(
                .resource,
                "X-ANNOTATION-STORAGE",
                "KiB of annotations",
                shape: "X-ANNOTATION-STORAGE SP usage SP limit",
                remark: "in units of 1024 octets",
                related: ["QUOTA", "ANNOTATION-STORAGE"]
            ),
            RegistryRow(
                .resource,
                "X-NUM-FOLDERS",
                "mailboxes",
                shape: "X-NUM-FOLDERS SP usage SP limit",
                related: ["QUOTA", "MAILBOX"]
            ),
            RegistryRow(
                .capability,
                "SORT=MODSEQ",
                "sorting by mod-sequence",
                shape: "SORT=MODSEQ",
                related: ["SORT", "CONDSTORE"],
                brings: ["MODSEQ"]
            ),
            RegistryRow(
                .capability,
                "SORT=UID",
                "sorting by UID",
                shape: "SORT=UID",
                related: ["SORT"],
                brings: ["UID"]
            ),
            RegistryRow(
                .sortKey,
                "UID",
                "UID",
                shape: "UID",
                related: ["SORT=UID"]
            ),
            RegistryRow(
                .fetchItem,
                "DIGEST.SHA1",
                "SHA-1 digest",
                shape: "DIGEST.SHA1",
                related: ["RFC822.SHA1"]
            ),
            RegistryRow(
                .fetchItem,
                "RFC822.SHA1",
                "SHA-1 digest",
                shape: "RFC822.SHA1",
                related: ["DIGEST.SHA1"]
            ),
            RegistryRow(
                .fetchItem,
                "RFC822.FILESIZE",
                "size of the stored file",
                shape: "RFC822.FILESIZE",
                related: ["RFC822.SIZE"]
            ),
            RegistryRow(
                .fetchItem,
                "CID",
                "conversation id",
                shape: "CID",
                related: ["THREADID"]
            ),
            RegistryRow(
                .fetchItem,
                "BASECID",
                "conversation id before a split",
                shape: "BASECID",
                related: ["CID"]
            ),
            RegistryRow(
                .fetchItem,
                "FOLDER",
                "name of the mailbox",
                shape: "FOLDER",
                related: ["X-MAILBOX"]
            ),
            RegistryRow(
                .fetchItem,
                "UIDVALIDITY",
                "UIDVALIDITY of the mailbox",
                shape: "UIDVALIDITY",
                related: ["UIDVALIDITY"]
            ),
            RegistryRow(
                .fetchItem,
                "GUID",
                "global identifier",
                shape: "GUID",
                related: ["X-GUID", "EMAILID"]
            ),
            RegistryRow(
                .fetchItem,
                "CREATEDMODSEQ",
                "first mod-sequence of the message",
                shape: "CREATEDMODSEQ",
                related: ["MODSEQ"]
            ),
            RegistryRow(
                .statusItem,
                "X-CREATEDMODSEQ",
                "first mod-sequence of the mailbox",
                shape: "X-CREATEDMODSEQ SP number64",
                related: ["HIGHESTMODSEQ"]
            ),
        ]
    )
}
