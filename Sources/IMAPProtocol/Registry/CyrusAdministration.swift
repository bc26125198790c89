extension Specification {
    /// Commands of Cyrus for administration, replication and conversations, as its server reads them (imap/imapd.c).
    static let cyrusAdministration = Specification(
        "Cyrus",
        "Cyrus administration and conversations",
        vendor: "Cyrus",
        [
            RegistryRow(
                .command,
                "XCONVSORT",
                "sorts conversations",
                shape: #"XCONVSORT SP sort-criteria [SP "(" window ")"] SP charset 1*(SP search-key)"#,
                states: .selected,
                related: ["SORT", "XCONVMULTISORT", "XCONVUPDATES"]
            ),
            RegistryRow(
                .command,
                "XCONVMULTISORT",
                "sorts conversations of all mailboxes",
                shape: #"XCONVMULTISORT SP sort-criteria [SP "(" window ")"] SP charset 1*(SP search-key)"#,
                states: .selected,
                related: ["XCONVSORT"]
            ),
            RegistryRow(
                .command,
                "XCONVUPDATES",
                "asks what changed in sorted conversations",
                shape: #"XCONVUPDATES SP sort-criteria SP "(" window ")" SP charset 1*(SP search-key)"#,
                states: .selected,
                related: ["XCONVSORT"]
            ),
            RegistryRow(
                .command,
                "XCONVFETCH",
                "asks for data of all messages of conversations",
                shape: #"XCONVFETCH SP "(" *conversation-id ")" SP mod-sequence-valzer SP fetch-items"#,
                states: .loggedIn,
                related: ["FETCH", "XCONVMETA"]
            ),
            RegistryRow(
                .command,
                "XCONVMETA",
                "asks for facts about conversations",
                shape: #"XCONVMETA SP "(" *conversation-id ")" SP "(" items ")""#,
                states: .loggedIn,
                related: ["XCONVFETCH"]
            ),
            RegistryRow(
                .command,
                "XSNIPPETS",
                "asks for the words around each match",
                shape:
                    #"XSNIPPETS SP "(" *("(" mailbox SP uidvalidity SP "(" uids ")" ")") ")" SP charset 1*(SP search-key)"#,
                states: .selected,
                related: ["SNIPPET"]
            ),
            RegistryRow(
                .command,
                "XRUNANNOTATOR",
                "runs the annotator over messages",
                shape: #"["UID" SP] XRUNANNOTATOR SP sequence-set"#,
                states: .selected,
                related: ["ANNOTATION"]
            ),
            RegistryRow(
                .command,
                "XWARMUP",
                "reads files of a mailbox into the cache of the server",
                shape: #"XWARMUP SP mailbox SP "(" items ")""#,
                states: .loggedIn,
                related: ["SELECT"]
            ),
            RegistryRow(
                .command,
                "XMEID",
                "names the client in the notifications of the server",
                shape: "XMEID SP astring",
                states: .loggedIn,
                related: ["ID"]
            ),
            RegistryRow(
                .command,
                "XFOREVER",
                "counts without end, until it is interrupted",
                shape: "XFOREVER",
                states: .loggedIn,
                related: ["XKILLMY"]
            ),
            RegistryRow(
                .command,
                "XKILLMY",
                "interrupts sessions of the same user that run a command",
                shape: "XKILLMY SP astring",
                states: .loggedIn,
                related: ["XFOREVER"]
            ),
            RegistryRow(
                .command,
                "XMOVE",
                "MOVE before it had an RFC",
                shape: #"["UID" SP] XMOVE SP sequence-set SP mailbox"#,
                states: .selected,
                related: ["MOVE"]
            ),
            RegistryRow(
                .command,
                "XSTATS",
                "asks for counters of the session",
                shape: "XSTATS",
                states: .loggedIn,
                related: ["NOOP"]
            ),
            RegistryRow(
                .command,
                "XBACKUP",
                "copies the mail of a user to the backup server",
                shape: "XBACKUP SP userid [SP channel]",
                states: .loggedIn,
                related: ["DUMP"]
            ),
            RegistryRow(
                .command,
                "SCAN",
                "lists mailboxes whose messages contain a text",
                shape: "SCAN SP mailbox SP list-mailbox SP astring",
                states: .loggedIn,
                related: ["LIST", "SEARCH"]
            ),
            RegistryRow(
                .command,
                "RECONSTRUCT",
                "rebuilds the index of a mailbox",
                shape: #"RECONSTRUCT SP mailbox [SP "RECURSIVE"]"#,
                states: .loggedIn,
                related: ["CHECK"]
            ),
            RegistryRow(
                .command,
                "XFER",
                "moves a mailbox to another server",
                shape: "XFER SP mailbox SP server [SP partition]",
                states: .loggedIn,
                related: ["RENAME"]
            ),
            RegistryRow(
                .command,
                "DUMP",
                "sends all files of a mailbox to another server",
                shape: "DUMP SP mailbox [SP uid]",
                states: .loggedIn,
                related: ["UNDUMP"]
            ),
            RegistryRow(
                .command,
                "UNDUMP",
                "receives all files of a mailbox",
                shape: #"UNDUMP SP mailbox SP "(" (number / NIL) *(SP file SP literal) ")""#,
                states: .loggedIn,
                related: ["DUMP"]
            ),
            RegistryRow(
                .command,
                "LOCALAPPEND",
                "APPEND on this server only",
                shape: "LOCALAPPEND SP mailbox SP selected-mailbox SP append-message",
                states: .loggedIn,
                related: ["APPEND"]
            ),
            RegistryRow(
                .command,
                "LOCALCREATE",
                "CREATE on this server only",
                shape: "LOCALCREATE SP mailbox [SP (partition / create-params)]",
                states: .loggedIn,
                related: ["CREATE"]
            ),
            RegistryRow(
                .command,
                "LOCALDELETE",
                "DELETE on this server only",
                shape: "LOCALDELETE SP mailbox",
                states: .loggedIn,
                related: ["DELETE"]
            ),
            RegistryRow(
                .command,
                "MUPDATEPUSH",
                "tells the cluster about a mailbox",
                shape: "MUPDATEPUSH SP mailbox",
                states: .loggedIn,
                related: ["MUPDATE"]
            ),
            RegistryRow(
                .command,
                "SYNCAPPLY",
                "applies changes that another server replicates",
                shape: "SYNCAPPLY SP name SP dlist",
                states: .loggedIn,
                related: ["X-REPLICATION", "SYNCGET"]
            ),
            RegistryRow(
                .command,
                "SYNCGET",
                "reads what is to be replicated",
                shape: "SYNCGET SP name SP dlist",
                states: .loggedIn,
                related: ["X-REPLICATION", "SYNCAPPLY"]
            ),
            RegistryRow(
                .command,
                "SYNCRESTORE",
                "restores replicated messages",
                shape: "SYNCRESTORE SP name SP dlist",
                states: .loggedIn,
                related: ["X-REPLICATION", "SYNCAPPLY"]
            ),
            RegistryRow(
                .command,
                "SYNCRESTART",
                "forgets what has been reserved for replication",
                shape: "SYNCRESTART",
                states: .loggedIn,
                related: ["X-REPLICATION", "SYNCAPPLY"]
            ),
            RegistryRow(
                .command,
                "XRENAME",
                "RENAME to another partition",
                shape: "XRENAME SP mailbox SP mailbox [SP partition]",
                states: .loggedIn,
                remark:
                    "named in old lists; no server's source shows its form, RENAME of Cyrus takes the partition itself",
                related: ["RENAME"]
            ),
        ]
    )
}
