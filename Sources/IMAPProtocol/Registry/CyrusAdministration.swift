extension Specification {
    /// Commands of Cyrus for administration, replication and conversations.
    static let cyrusAdministration = Specification(
        "Cyrus",
        "Cyrus administration and conversations",
        vendor: "Cyrus",
        [
            RegistryRow(
                .command,
                "XCONVSORT",
                "sorts conversations",
                shape: "XCONVSORT SP arguments",
                states: .selected,
                related: ["SORT", "XCONVMULTISORT"]
            ),
            RegistryRow(
                .command,
                "XCONVMULTISORT",
                "sorts conversations of several mailboxes",
                shape: "XCONVMULTISORT SP arguments",
                states: .loggedIn,
                related: ["XCONVSORT"]
            ),
            RegistryRow(
                .command,
                "XCONVUPDATES",
                "asks what changed in sorted conversations",
                shape: "XCONVUPDATES SP arguments",
                states: .selected,
                related: ["XCONVSORT"]
            ),
            RegistryRow(
                .command,
                "XSNIPPETS",
                "asks for the words around each match",
                shape: "XSNIPPETS SP arguments",
                states: .selected,
                related: ["SNIPPET"]
            ),
            RegistryRow(
                .command,
                "XRUNANNOTATOR",
                "runs the annotator over messages",
                shape: "XRUNANNOTATOR SP sequence-set",
                states: .selected,
                related: ["ANNOTATION"]
            ),
            RegistryRow(
                .command,
                "XWARMUP",
                "reads a mailbox into the cache of the server",
                shape: "XWARMUP SP mailbox",
                states: .loggedIn,
                related: ["SELECT"]
            ),
            RegistryRow(
                .command,
                "XMEID",
                "asks who the user is to the server",
                shape: "XMEID SP arguments",
                states: .loggedIn,
                related: ["MYRIGHTS"]
            ),
            RegistryRow(
                .command,
                "XFOREVER",
                "waits for changes without end",
                shape: "XFOREVER",
                states: .loggedIn,
                related: ["IDLE"]
            ),
            RegistryRow(
                .command,
                "XBACKUP",
                "copies a mailbox to the backup server",
                shape: "XBACKUP SP arguments",
                states: .loggedIn,
                related: ["DUMP"]
            ),
            RegistryRow(
                .command,
                "SCAN",
                "lists mailboxes whose messages contain a text",
                shape: "SCAN SP mailbox SP list-mailbox SP string",
                states: .loggedIn,
                related: ["LIST", "SEARCH"]
            ),
            RegistryRow(
                .command,
                "RECONSTRUCT",
                "rebuilds the index of a mailbox",
                shape: "RECONSTRUCT SP mailbox",
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
                "sends a whole mailbox to another server",
                shape: "DUMP SP mailbox",
                states: .loggedIn,
                related: ["UNDUMP"]
            ),
            RegistryRow(
                .command,
                "UNDUMP",
                "receives a whole mailbox",
                shape: "UNDUMP SP mailbox SP literal",
                states: .loggedIn,
                related: ["DUMP"]
            ),
            RegistryRow(
                .command,
                "LOCALAPPEND",
                "APPEND on this server only",
                shape: "LOCALAPPEND SP arguments",
                states: .loggedIn,
                related: ["APPEND"]
            ),
            RegistryRow(
                .command,
                "LOCALCREATE",
                "CREATE on this server only",
                shape: "LOCALCREATE SP mailbox",
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
                shape: "SYNCAPPLY SP dlist",
                states: .loggedIn,
                related: ["X-REPLICATION", "SYNCGET"]
            ),
            RegistryRow(
                .command,
                "SYNCGET",
                "reads what is to be replicated",
                shape: "SYNCGET SP dlist",
                states: .loggedIn,
                related: ["X-REPLICATION", "SYNCAPPLY"]
            ),
            RegistryRow(
                .command,
                "SYNCRESTORE",
                "restores replicated messages",
                shape: "SYNCRESTORE SP dlist",
                states: .loggedIn,
                related: ["X-REPLICATION", "SYNCAPPLY"]
            ),
            RegistryRow(
                .command,
                "XRENAME",
                "RENAME to another partition",
                shape: "XRENAME SP mailbox SP mailbox [SP partition]",
                states: .loggedIn,
                related: ["RENAME"]
            ),
        ]
    )
}
