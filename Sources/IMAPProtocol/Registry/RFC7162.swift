extension Specification {
    /// RFC 7162, CONDSTORE and QRESYNC.
    static let conditionalStore = Specification(
        "RFC 7162",
        "CONDSTORE and QRESYNC",
        [
            RegistryRow(
                .response,
                "VANISHED",
                "messages are gone",
                shape: #""*" SP VANISHED [SP "(" EARLIER ")"] SP uid-set"#,
                section: "3.2.10",
                remark: "EARLIER: before this session looked; such UIDs change no message numbers",
                related: ["EXPUNGE", "QRESYNC", "UIDONLY"]
            ),
            RegistryRow(
                .capability,
                "CONDSTORE",
                "every change has a mod-sequence",
                shape: "CONDSTORE",
                section: "3.1",
                related: ["QRESYNC", "ENABLE"],
                brings: ["MODSEQ", "HIGHESTMODSEQ", "NOMODSEQ", "MODIFIED", "CHANGEDSINCE", "UNCHANGEDSINCE"]
            ),
            RegistryRow(
                .capability,
                "QRESYNC",
                "a client can catch up with one command",
                shape: "QRESYNC",
                section: "3.2",
                related: ["CONDSTORE", "ENABLE"],
                brings: ["VANISHED", "QRESYNC", "CLOSED", "CHANGEDSINCE"]
            ),
            RegistryRow(
                .enableName,
                "CONDSTORE",
                "every answer tells mod-sequences",
                shape: "CONDSTORE",
                section: "3.1",
                related: ["QRESYNC", "MODSEQ"]
            ),
            RegistryRow(
                .enableName,
                "QRESYNC",
                "VANISHED takes the place of EXPUNGE",
                shape: "QRESYNC",
                section: "3.2.3",
                related: ["VANISHED", "CONDSTORE"]
            ),
            RegistryRow(
                .selectParam,
                "CONDSTORE",
                "every answer tells mod-sequences",
                shape: "CONDSTORE",
                section: "3.1.8",
                related: ["MODSEQ", "HIGHESTMODSEQ"]
            ),
            RegistryRow(
                .selectParam,
                "QRESYNC",
                "what changed since the client last looked",
                shape:
                    #"QRESYNC SP "(" uidvalidity SP mod-sequence-value [SP known-uids] [SP "(" known-seqs SP known-uids ")"] ")""#,
                section: "3.2.5",
                related: ["VANISHED", "HIGHESTMODSEQ"]
            ),
            RegistryRow(
                .code,
                "HIGHESTMODSEQ",
                "highest mod-sequence of the mailbox",
                shape: #""[" HIGHESTMODSEQ SP mod-sequence-value "]""#,
                section: "3.1.2.1",
                related: ["NOMODSEQ", "MODSEQ"]
            ),
            RegistryRow(
                .code,
                "NOMODSEQ",
                "the mailbox has no mod-sequences",
                shape: #""[" NOMODSEQ "]""#,
                section: "3.1.2.2",
                related: ["HIGHESTMODSEQ"]
            ),
            RegistryRow(
                .code,
                "MODIFIED",
                "changed meanwhile and not updated",
                shape: #""[" MODIFIED SP sequence-set "]""#,
                section: "3.1.3",
                related: ["UNCHANGEDSINCE", "STORE"]
            ),
            RegistryRow(
                .fetchItem,
                "MODSEQ",
                "mod-sequence",
                shape: #"MODSEQ / answer: MODSEQ SP "(" mod-sequence-value ")""#,
                section: "3.1.4.2",
                related: ["HIGHESTMODSEQ", "CHANGEDSINCE"]
            ),
            RegistryRow(
                .fetchModifier,
                "CHANGEDSINCE",
                "only messages changed since a mod-sequence",
                shape: "CHANGEDSINCE SP mod-sequence-value",
                section: "3.1.4.1",
                related: ["MODSEQ", "VANISHED"]
            ),
            RegistryRow(
                .fetchModifier,
                "VANISHED",
                "also report what was removed since then",
                shape: "VANISHED",
                section: "3.2.6",
                remark: "only with UID FETCH and CHANGEDSINCE",
                related: ["CHANGEDSINCE", "QRESYNC"]
            ),
            RegistryRow(
                .storeModifier,
                "UNCHANGEDSINCE",
                "only messages not changed since a mod-sequence",
                shape: "UNCHANGEDSINCE SP mod-sequence-value",
                section: "3.1.3",
                related: ["MODIFIED", "MODSEQ"]
            ),
            RegistryRow(
                .searchKey,
                "MODSEQ",
                "changed since a mod-sequence",
                shape: "MODSEQ [SP entry-name SP entry-type] SP mod-sequence-value",
                section: "3.1.5",
                related: ["CONDSTORE"]
            ),
            RegistryRow(
                .statusItem,
                "HIGHESTMODSEQ",
                "highest mod-sequence",
                shape: "HIGHESTMODSEQ SP mod-sequence-value",
                section: "3.1.7",
                remark: "0: the mailbox keeps no mod-sequences",
                related: ["MODSEQ"]
            ),
            RegistryRow(
                .sortKey,
                "MODSEQ",
                "mod-sequence",
                shape: "MODSEQ",
                section: "3.1.9",
                document: "Cyrus",
                related: ["SORT=MODSEQ"]
            ),
        ]
    )
}
